using System.Collections.Frozen;
using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Configuration;

/// <summary>
/// Everything the request path needs to know, immutable and swapped whole. A request keeps the snapshot it
/// began with, so that a change never mixes two configurations in one call.
/// </summary>
public sealed class GatewaySnapshot
{
    /// <summary>Before anything was loaded.</summary>
    public static GatewaySnapshot Empty { get; } = new();

    /// <summary>Sequence of the last event it reflects.</summary>
    public long Version { get; init; }

    /// <summary>Configuration by tenant.</summary>
    public FrozenDictionary<Guid, TenantSnapshot> Tenants { get; init; } = FrozenDictionary<Guid, TenantSnapshot>.Empty;

    /// <summary>False when the operator switched every upstream call off.</summary>
    public bool CallsEnabled { get; init; } = true;
}

/// <summary>One tenant's part of the snapshot.</summary>
public sealed class TenantSnapshot
{
    public required IReadOnlyList<Provider> Providers { get; init; }

    /// <summary>Enabled providers by lower-case name.</summary>
    public required FrozenDictionary<string, Provider> ByName { get; init; }

    /// <summary>Targets by exact model name, active provider first, then fallback order.</summary>
    public required FrozenDictionary<string, IReadOnlyList<Provider>> ByModel { get; init; }

    /// <summary>The active provider; null when none was chosen.</summary>
    public Provider? Active { get; init; }

    /// <summary>Active provider first, then the fallback order.</summary>
    public required IReadOnlyList<Provider> Order { get; init; }

    /// <summary>Prices by <c>kind/model</c> and <c>provider-name/model</c>; absent means unknown.</summary>
    public required FrozenDictionary<string, ModelPrice> Prices { get; init; }
}

/// <summary>One versioned price, per million tokens.</summary>
/// <param name="Currency">ISO 4217.</param>
public sealed record ModelPrice(Guid VersionId, string Currency, decimal Input, decimal Output, decimal? CachedRead, decimal? CacheWrite);
