namespace Switchyard.Contracts.Events.Access;

/// <summary>A person signed in.</summary>
/// <param name="Id">The session.</param>
/// <param name="UserId">The person.</param>
public sealed record SessionStarted(Guid Id, Guid UserId) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "access.session-started";
}
