using System.Collections.Frozen;

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
