using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Resilience;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Health;

/// <summary>Health of the gateway and its providers: E129 and E131.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>GET /api/v1/llm/health</c> and <c>GET /api/v1/llm/providers</c>.</summary>
    public static void MapGatewayHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/llm").RequireAccess(Grants.Viewer).WithTags("gateway");
        group.MapGet("health", HealthAsync).WithName("readGatewayHealth").WithSummary("Health of every provider and of the gateway").Produces<GatewayHealth>();
        group.MapGet("providers", ProvidersAsync).WithName("listProviders").WithSummary("Providers with status and metadata, keys masked").Produces<ProviderHealthList>();
    }

    private static async Task<IResult> ProvidersAsync(
        HttpContext http, ProviderStore providers, HealthStore health, ProviderCatalog catalog, Messages messages, CancellationToken cancel)
    {
        var tenant = http.Caller().TenantId;
        var rows = await providers.ListAsync(tenant, cancel);
        var states = await health.ListAsync(tenant, cancel);
        return Results.Ok(new ProviderHealthList([.. rows.Select(row => new ProviderWithHealth(ProviderView.Of(row, catalog), HealthView.Of(states.GetValueOrDefault(row.Id), messages, Language.Of(http))))]));
    }

    // Answers from memory while the database is away: that is when somebody asks.
    private static async Task<IResult> HealthAsync(
        HttpContext http, ISnapshots snapshots, HealthStore health, HealthMonitor monitor, Breakers breakers, Messages messages, CancellationToken cancel)
    {
        var snapshot = snapshots.Current;
        var providers = snapshot.Tenants.TryGetValue(http.Caller().TenantId, out var tenant) ? tenant.Providers : [];
        IReadOnlyDictionary<Guid, HealthRow>? rows = null;
        try
        {
            rows = await health.ListAsync(http.Caller().TenantId, cancel);
        }
        catch (Exception e) when (ExceptionProblems.IsDatabaseAway(e))
        {
            // Said in the answer.
        }

        var items = providers.Select(p => new ProviderHealth(
            p.Id, p.Name, p.Kind.Id, p.Enabled, p.Active,
            rows is null ? HealthView.Of(monitor.Seen(p.Id)) : HealthView.Of(rows.GetValueOrDefault(p.Id), messages, Language.Of(http)),
            breakers.Of(p.Id))).ToArray();
        return Results.Ok(new GatewayHealth(GatewayHealth.Overall(snapshot.CallsEnabled, items), snapshot.CallsEnabled, rows is not null, snapshot.Version, items));
    }
}

/// <summary>Providers with their health.</summary>
/// <param name="NextCursor">Always null.</param>
public sealed record ProviderHealthList(IReadOnlyList<ProviderWithHealth> Items, string? NextCursor = null);

/// <summary>Health of one provider.</summary>
/// <param name="Breakers">Models that fail at the node that answers, those that it passes over among them.</param>
public sealed record ProviderHealth(Guid Id, string Name, string Kind, bool Enabled, bool Active, HealthView Health, IReadOnlyList<BreakerView> Breakers);

/// <summary>Health of the gateway.</summary>
/// <param name="Status"><c>healthy</c>; <c>degraded</c> when some enabled provider fails; <c>down</c> when all do or calls are off; <c>unknown</c> without providers.</param>
/// <param name="DatabaseReachable">False: the gateway serves from its last good configuration.</param>
/// <param name="SnapshotVersion">Sequence of the last event that the configuration in use reflects.</param>
public sealed record GatewayHealth(string Status, bool CallsEnabled, bool DatabaseReachable, long SnapshotVersion, IReadOnlyList<ProviderHealth> Providers)
{
    /// <summary>The worst that matters.</summary>
    public static string Overall(bool callsEnabled, IReadOnlyCollection<ProviderHealth> providers)
    {
        if (!callsEnabled) return "down";
        var states = providers.Where(p => p.Enabled).Select(p => p.Health.Status).ToArray();
        return states.Length == 0 || states.All(s => s == "unknown") ? "unknown"
            : states.All(s => s == "down") ? "down"
            : states.Any(s => s is "down" or "degraded") ? "degraded"
            : "healthy";
    }
}
