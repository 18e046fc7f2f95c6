using System.Text.Json;
using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Configuration;

/// <summary>A provider as the API shows it: the key is never there, only whether there is one and its last characters.</summary>
/// <param name="Status"><c>ready</c>, <c>disabled</c> or <c>needs-key</c>.</param>
/// <param name="KeyErased">True when this change took the stored key away, because host, scheme or port changed.</param>
public sealed record ProviderView(
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
    bool? KeyErased = null)
{
    /// <summary>The view of a stored provider.</summary>
    public static ProviderView Of(ProviderRow row, ProviderCatalog catalog)
    {
        var kind = catalog.Find(row.Kind);
        return new ProviderView(
            row.Id, row.Name, row.Kind, row.Endpoint, row.Mode, row.Models, row.ReadOptions(),
            row.KeySealed is not null, row.KeyHint, row.Enabled, row.Active, row.FallbackPosition,
            StatusOf(row, kind), kind?.Capabilities, row.ConnectTimeoutMs, row.TotalTimeoutMs, row.Origin, row.Version,
            row.CreatedAt, row.UpdatedAt, row.LastTest is null ? null : JsonElement.Parse(row.LastTest));
    }

    private static string StatusOf(ProviderRow row, ProviderKind? kind) =>
        !row.Enabled ? "disabled"
        : kind is { NeedsKey: true } && row.KeySealed is null ? "needs-key"
        : "ready";
}
