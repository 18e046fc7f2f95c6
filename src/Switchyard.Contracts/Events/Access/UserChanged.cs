namespace Switchyard.Contracts.Events.Access;

/// <summary>A person was added, changed, disabled or removed.</summary>
/// <param name="Id">The person.</param>
/// <param name="Change"><c>created</c>, <c>updated</c> or <c>removed</c>.</param>
public sealed record UserChanged(Guid Id, string Change) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "access.user-changed";
}
