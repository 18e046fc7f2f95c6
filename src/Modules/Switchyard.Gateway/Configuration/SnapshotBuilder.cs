using System.Collections.Frozen;
using System.Text.Json;
using Switchyard.Gateway.Models;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Secrets;

namespace Switchyard.Gateway.Configuration;

/// <summary>Turns rows into what the request path reads. Thread-safe.</summary>
public sealed class SnapshotBuilder(ProviderCatalog catalog, SecretBox box)
{
    /// <summary>Builds one tenant's part; what cannot be used is named in <paramref name="faults"/> and left out.</summary>
    /// <param name="prices">Prices of this tenant and of everyone, valid now.</param>
    public TenantSnapshot Build(IEnumerable<ProviderRow> rows, IEnumerable<PriceRow> prices, ICollection<Phrase> faults)
    {
        var providers = new List<Provider>();
        foreach (var row in rows.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (Read(row, faults) is { } provider) providers.Add(provider);
        }

        var order = providers.Where(p => p.Enabled && (p.Active || p.FallbackPosition is not null))
            .OrderByDescending(p => p.Active).ThenBy(p => p.FallbackPosition).ToArray();
        return new TenantSnapshot
        {
            Providers = providers,
            ByName = providers.Where(p => p.Enabled).ToFrozenDictionary(p => p.Name.ToLowerInvariant()),
            ByModel = ByModel(providers),
            Active = providers.Find(p => p.Active),
            Order = order,
            Prices = Prices(providers, prices),
        };
    }

    private Provider? Read(ProviderRow row, ICollection<Phrase> faults)
    {
        if (catalog.Find(row.Kind) is not { } kind) return Fault(new Phrase("provider.fault.kind", ("kind", row.Kind)));
        if (!Uri.TryCreate(row.Endpoint, UriKind.Absolute, out var endpoint)) return Fault(new Phrase("provider.fault.endpoint"));
        if (!Enum.TryParse<DeploymentMode>(row.Mode, ignoreCase: true, out var mode)) return Fault(new Phrase("provider.fault.mode", ("mode", row.Mode)));
        try
        {
            return new Provider
            {
                Id = row.Id,
                TenantId = row.TenantId,
                Name = row.Name,
                Kind = kind,
                Endpoint = endpoint,
                Mode = mode,
                ApiKey = row.KeySealed is null ? null : box.Open(row.KeySealed, ProviderRow.KeyScope(row.TenantId, row.Id, row.KeyVersion ?? 0)),
                Models = row.Models,
                Options = row.ReadOptions(),
                Enabled = row.Enabled,
                Active = row.Active,
                FallbackPosition = row.FallbackPosition,
                ConnectTimeout = TimeSpan.FromMilliseconds(row.ConnectTimeoutMs),
                TotalTimeout = TimeSpan.FromMilliseconds(row.TotalTimeoutMs),
            };
        }
        catch (SecretException e)
        {
            return Fault(new Phrase("provider.fault.key", ("reason", e.Phrase)));
        }
        catch (JsonException)
        {
            return Fault(new Phrase("provider.fault.options"));
        }

        Provider? Fault(Phrase why)
        {
            faults.Add(new Phrase("provider.fault", ("name", row.Name), ("id", row.Id), ("why", why)));
            return null;
        }
    }

    private static FrozenDictionary<string, IReadOnlyList<Provider>> ByModel(List<Provider> providers) => providers
        .Where(p => p.Enabled)
        .OrderByDescending(p => p.Active)
        .ThenBy(p => p.FallbackPosition ?? int.MaxValue)
        .SelectMany(p => p.Models, (provider, model) => (provider, model))
        .GroupBy(x => x.model, x => x.provider, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, IReadOnlyList<Provider> (g) => g.ToArray(), StringComparer.Ordinal);

    // A tenant's own row goes before everyone's; of several versions the latest holds.
    private static FrozenDictionary<string, ModelPrice> Prices(List<Provider> providers, IEnumerable<PriceRow> rows)
    {
        var names = providers.ToDictionary(p => p.Name, p => p.Name, StringComparer.OrdinalIgnoreCase);
        return rows
            .OrderBy(row => row.TenantId == PriceRow.Everyone ? 0 : 1)
            .ThenBy(row => row.ValidFrom)
            .GroupBy(row => $"{names.GetValueOrDefault(row.Provider, row.Provider)}/{row.Model}", StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => Price(g.Last()), StringComparer.Ordinal);
    }

    private static ModelPrice Price(PriceRow row) => new(row.Id, row.Currency, row.Input, row.Output, row.CachedRead, row.CacheWrite);
}
