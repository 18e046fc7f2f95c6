namespace Switchyard.Contracts.Events.Gateway;

/// <summary>A provider's configuration changed; every node loads its snapshot again.</summary>
/// <param name="Id">The provider.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change"><c>created</c>, <c>updated</c>, <c>deleted</c>, <c>activated</c>, <c>reordered</c> or <c>detected</c>.</param>
public sealed record ProviderChanged(Guid Id, string Name, string Change) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "gateway.provider-changed";
}
