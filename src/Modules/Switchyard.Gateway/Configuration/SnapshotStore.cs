using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Switchyard.Contracts.Events.Gateway;
using Switchyard.Gateway.Models;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Snapshots;

namespace Switchyard.Gateway.Configuration;

/// <summary>
/// The gateway's configuration on this node: loaded at start, again after every change on any node, swapped whole.
/// A tenant whose new configuration cannot be used keeps its last good one; the others are not held up by it. The
/// rows of the last good configuration lie on disk, keys sealed, so that a start without the database serves.
/// </summary>
public sealed class SnapshotStore(
    SnapshotReader reader,
    SnapshotBuilder builder,
    LastGoodFile<SnapshotRows> file,
    IEventFeed feed,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<SnapshotStore> log) : LiveSnapshot<GatewaySnapshot>(feed, time, log), ISnapshots
{
    private IDisposable? _settings;
    private SnapshotRows? _good;
    private string _refused = "";

    /// <inheritdoc/>
    protected override GatewaySnapshot Empty => GatewaySnapshot.Empty;

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Events => [ProviderChanged.Type, PricesChanged.Type];

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        _settings = ChangeToken.OnChange(configuration.GetReloadToken, Wake);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _settings?.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task<GatewaySnapshot> LoadAsync(CancellationToken cancel) => Build(await reader.ReadAsync(cancel));

    /// <inheritdoc/>
    protected override GatewaySnapshot? LoadLastGood() => file.Read() is { } rows ? Build(rows) : null;

    /// <inheritdoc/>
    protected override void SaveLastGood(GatewaySnapshot value) => file.Write(_good!);

    private GatewaySnapshot Build(SnapshotRows rows)
    {
        _good ??= file.Read();
        var refused = new List<string>();
        var kept = new List<ProviderRow>();
        var tenants = new Dictionary<Guid, TenantSnapshot>();
        var prices = rows.Prices.ToLookup(price => price.TenantId);
        foreach (var tenant in rows.Providers.GroupBy(row => row.TenantId))
        {
            PriceRow[] applicable = [.. PriceList.Rows, .. prices[PriceRow.Everyone], .. prices[tenant.Key]];
            var faults = new List<Phrase>();
            var built = builder.Build(tenant, applicable, faults);
            var good = tenant.ToArray();
            if (faults.Count > 0)
            {
                refused.AddRange(faults.Select(OperatorText.English));
                // Before anything good was known, what can be used is better than nothing.
                var last = _good?.Providers.Where(row => row.TenantId == tenant.Key).ToArray() ?? [];
                var lastFaults = new List<Phrase>();
                var again = builder.Build(last, applicable, lastFaults);
                if (last.Length > 0 && lastFaults.Count == 0) (built, good) = (again, last);
            }

            tenants[tenant.Key] = built;
            kept.AddRange(good);
        }

        Report(refused);
        _good = rows with { Providers = kept };
        return new GatewaySnapshot { Version = rows.Version, Tenants = tenants.ToFrozenDictionary(), CallsEnabled = CallsEnabled() };
    }

    // Said once per distinct fault: the same rows are read again every half minute.
    private void Report(List<string> refused)
    {
        var now = string.Join("; ", refused);
        if (now == _refused) return;
        _refused = now;
        if (now.Length > 0) log.LogError("The gateway's configuration is refused and the last good one stays: {Faults}", now);
        else log.LogInformation("The gateway's configuration is good again");
    }

    // Either way of switching calls off is enough.
    private bool CallsEnabled() => !IsFalse(configuration["llm:enabled"]) && !IsFalse(configuration["LLM_ENABLED"]);

    private static bool IsFalse(string? text) => bool.TryParse(text, out var value) && !value;
}
