using System.Text.Json;
using Switchyard.Platform.Audit;

namespace Switchyard.Gateway.Configuration;

/// <summary>Audit entries of providers: everything but the key, of which only the last characters are shown.</summary>
internal static class ProviderAudit
{
    /// <summary>One entry; <paramref name="before"/> is null for a creation, <paramref name="after"/> for a deletion.</summary>
    public static AuditEntry Entry(string action, ProviderRow? before, ProviderRow? after) =>
        new(action, "provider", (after ?? before)!.Id.ToString(), Json(before), Json(after));

    private static string? Json(ProviderRow? row) => row is null ? null : JsonSerializer.Serialize(
        new
        {
            row.Name,
            row.Kind,
            row.Endpoint,
            row.Mode,
            row.Models,
            Options = row.ReadOptions(),
            HasKey = row.KeySealed is not null,
            row.KeyHint,
            row.KeyVersion,
            row.Enabled,
            row.Active,
            row.FallbackPosition,
            row.ConnectTimeoutMs,
            row.TotalTimeoutMs,
            row.Origin,
            row.Version,
        },
        JsonSerializerOptions.Web);
}
