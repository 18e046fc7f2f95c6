namespace Switchyard.Contracts.Events.Access;

/// <summary>An API key was created, changed or revoked; nodes take it up within two seconds.</summary>
/// <param name="Id">The key.</param>
/// <param name="Change"><c>created</c>, <c>updated</c> or <c>revoked</c>.</param>
public sealed record KeyChanged(Guid Id, string Change) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "access.key-changed";
}
