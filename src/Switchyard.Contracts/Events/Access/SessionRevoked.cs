namespace Switchyard.Contracts.Events.Access;

/// <summary>One or all sessions of a person ended; their open requests are cut.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Id">The session; null for several.</param>
public sealed record SessionRevoked(Guid UserId, Guid? Id) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "access.session-revoked";
}
