namespace Switchyard.Gateway.Configuration;

/// <summary>A changed provider, and whether the change took its key away.</summary>
public sealed record ProviderSaved(ProviderRow Row, bool KeyErased);
