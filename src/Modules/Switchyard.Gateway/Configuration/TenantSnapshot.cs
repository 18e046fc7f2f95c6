using System.Collections.Frozen;
using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Configuration;

/// <summary>One tenant's part of the snapshot.</summary>
public sealed class TenantSnapshot
{
    /// <summary>All providers, also disabled ones, by name.</summary>
    public required IReadOnlyList<Provider> Providers { get; init; }

    /// <summary>Enabled providers by lower-case name.</summary>
    public required FrozenDictionary<string, Provider> ByName { get; init; }

    /// <summary>Targets by exact model name, active provider first, then fallback order.</summary>
    public required FrozenDictionary<string, IReadOnlyList<Provider>> ByModel { get; init; }

    /// <summary>The active provider; null when none was chosen.</summary>
    public Provider? Active { get; init; }

    /// <summary>Active provider first, then the fallback order.</summary>
    public required IReadOnlyList<Provider> Order { get; init; }

    /// <summary>
    /// Prices by <c>kind/model</c> and <c>provider-name/model</c>, with <c>*</c> for all other models; absent means
    /// unknown. Prefer <see cref="PriceOf"/>.
    /// </summary>
    public required FrozenDictionary<string, ModelPrice> Prices { get; init; }

    /// <summary>The price of a model at a provider; null when it is unknown, which is never the same as free.</summary>
    public ModelPrice? PriceOf(Provider provider, string model) =>
        Prices.GetValueOrDefault($"{provider.Name}/{model}")
        ?? Prices.GetValueOrDefault($"{provider.Name}/*")
        ?? Prices.GetValueOrDefault($"{provider.Kind.Id}/{model}")
        ?? Prices.GetValueOrDefault($"{provider.Kind.Id}/*");
}
