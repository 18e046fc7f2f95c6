using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Configuration;

/// <summary>A form that passed every rule.</summary>
/// <param name="ApiKey">Null: none was given. Empty: the stored one is to go.</param>
public sealed record ProviderDraft(
    string Name,
    ProviderKind Kind,
    Uri Endpoint,
    DeploymentMode Mode,
    string? ApiKey,
    IReadOnlyList<string> Models,
    IReadOnlyDictionary<string, string> Options,
    bool Enabled,
    int ConnectTimeoutMs,
    int TotalTimeoutMs)
{
    /// <summary>The endpoint as it is stored: without a trailing slash.</summary>
    public string EndpointText => Endpoint.AbsoluteUri.TrimEnd('/');

    /// <inheritdoc/>
    public override string ToString() => $"{Kind.Id}:{Name}";
}
