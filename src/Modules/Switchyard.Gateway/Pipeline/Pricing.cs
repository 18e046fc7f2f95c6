using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Pipeline;

/// <summary>Finds the price of a call in the snapshot it began with.</summary>
internal static class Pricing
{
    /// <summary>Sets the cost when tokens and price are known; an unknown price stays unknown, never nothing.</summary>
    public static void Apply(GatewayCall call, Provider provider, string model)
    {
        if (call.Cost is not null || call.Usage is not { } usage) return;
        if (!call.Snapshot.Tenants.TryGetValue(provider.TenantId, out var tenant)) return;
        if (tenant.PriceOf(provider, model) is { } price) call.Cost = CallCost.Of(price, usage);
    }
}
