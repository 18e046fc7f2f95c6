using System.Text.Json;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Health;

/// <summary>A provider as <see cref="ProviderView"/> shows it, and its health.</summary>
public sealed record ProviderWithHealth(
    Guid Id,
    string Name,
    string Kind,
    string Endpoint,
    string Mode,
    IReadOnlyList<string> Models,
    IReadOnlyDictionary<string, string> Options,
    bool HasKey,
    string? KeyHint,
    bool Enabled,
    bool Active,
    int? FallbackPosition,
    string Status,
    ProviderCapabilities? Capabilities,
    int ConnectTimeoutMs,
    int TotalTimeoutMs,
    string Origin,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    JsonElement? LastTest,
    HealthView Health)
{
    /// <summary>Puts the two together.</summary>
    public ProviderWithHealth(ProviderView view, HealthView health)
        : this(view.Id, view.Name, view.Kind, view.Endpoint, view.Mode, view.Models, view.Options, view.HasKey, view.KeyHint, view.Enabled, view.Active,
            view.FallbackPosition, view.Status, view.Capabilities, view.ConnectTimeoutMs, view.TotalTimeoutMs, view.Origin, view.Version,
            view.CreatedAt, view.UpdatedAt, view.LastTest, health)
    {
    }
}
