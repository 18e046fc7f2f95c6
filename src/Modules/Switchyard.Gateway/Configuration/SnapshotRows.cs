using Switchyard.Gateway.Models;

namespace Switchyard.Gateway.Configuration;

/// <summary>What a snapshot is built from, as read from the database or from the last good copy.</summary>
/// <param name="Version">Sequence of the last event it reflects.</param>
public sealed record SnapshotRows(long Version, IReadOnlyList<ProviderRow> Providers, IReadOnlyList<PriceRow> Prices);
