using System.Text.Json.Nodes;
using Switchyard.Contracts.Events.Gateway;
using Switchyard.Gateway.Configuration;
using Switchyard.Platform.State;

namespace Switchyard.Gateway.Health;

/// <summary>The gateway's part of the global state (E001): which provider serves, and which of them need somebody's eye.</summary>
public sealed class GatewayState(ProviderStore providers, HealthStore health) : IStateContributor
{
    // A list for people to look at, not an inventory.
    private const int MostNames = 20;

    /// <inheritdoc/>
    public string Component => "gateway";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Types { get; } = [ProviderChanged.Type, ProviderHealthChanged.Type];

    /// <inheritdoc/>
    public async Task<JsonObject> ComposeAsync(Guid tenant, CancellationToken cancel)
    {
        var all = await providers.ListAsync(tenant, cancel);
        var seen = await health.ListAsync(tenant, cancel);
        var enabled = all.Where(provider => provider.Enabled).ToLookup(provider => seen.TryGetValue(provider.Id, out var row) ? row.Status : "unknown");
        return new JsonObject
        {
            ["activeProvider"] = all.FirstOrDefault(provider => provider.Active)?.Name,
            ["providers"] = all.Count,
            ["enabled"] = enabled.Sum(group => group.Count()),
            ["healthy"] = enabled["healthy"].Count(),
            ["degraded"] = Names(enabled["degraded"]),
            ["down"] = Names(enabled["down"]),
        };
    }

    private static JsonArray Names(IEnumerable<ProviderRow> rows) => [.. rows.Take(MostNames).Select(row => JsonValue.Create(row.Name))];
}
