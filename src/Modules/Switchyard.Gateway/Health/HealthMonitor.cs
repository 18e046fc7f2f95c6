using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Health;

/// <summary>
/// Probes every enabled provider once per interval; of several nodes one does it. While the database is away each
/// node probes for itself and keeps what it finds in memory.
/// </summary>
public sealed class HealthMonitor : BackgroundService
{
    private static readonly Meter Meter = new("Switchyard.Gateway.Health");

    private readonly ConcurrentDictionary<Guid, HealthState> _seen = new();
    private readonly ProbeSchedule<Guid> _schedule;
    private readonly ISnapshots _snapshots;
    private readonly HealthStore _store;
    private readonly ProviderProbe _probe;
    private readonly TimeSpan _interval;
    private readonly ILogger<HealthMonitor> _log;

    public HealthMonitor(ISnapshots snapshots, HealthStore store, ProviderProbe probe, IOptions<HealthOptions> options, TimeProvider time, ILogger<HealthMonitor> log)
    {
        (_snapshots, _store, _probe, _log) = (snapshots, store, probe, log);
        _interval = TimeSpan.FromSeconds(options.Value.ProbeSeconds);
        _schedule = new ProbeSchedule<Guid>(() => [.. Probed().Select(provider => provider.Id)], ProbeAsync, _interval, time);
        Meter.CreateObservableGauge(
            "switchyard.provider.up", Measure, description: "1 when a provider is healthy, 0.5 when it is degraded, 0 when it is down.");
    }

    /// <summary>What this node saw last of a provider; unknown where another node probes it.</summary>
    public HealthState Seen(Guid provider) => _seen.GetValueOrDefault(provider);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _schedule.RunAsync(stoppingToken);

    // A provider without the key it needs is a matter of configuration, not of health.
    private IEnumerable<Provider> Probed() => _snapshots.Current is { CallsEnabled: true } snapshot
        ? snapshot.Tenants.Values.SelectMany(tenant => tenant.Providers).Where(p => p.Enabled && (p.ApiKey is not null || !p.Kind.NeedsKey))
        : [];

    private async Task<DateTimeOffset?> ProbeAsync(Guid id, CancellationToken cancel)
    {
        if (Probed().FirstOrDefault(provider => provider.Id == id) is not { } provider) return null;
        try
        {
            if (await ClaimAsync(provider, cancel) is { } later) return later;
            var result = await _probe.ProbeAsync(provider, cancel);
            var state = _seen.GetValueOrDefault(id).After(result.Ok);
            if (await SaveAsync(provider, result, cancel) is { } row) state = row.State;
            _seen[id] = state;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _log.LogError(e, "The probe of {Provider} failed", provider.Name);
        }

        return null;
    }

    private async Task<DateTimeOffset?> ClaimAsync(Provider provider, CancellationToken cancel)
    {
        try
        {
            return await _store.ClaimAsync(provider, _interval, cancel);
        }
        catch (Exception e) when (ExceptionProblems.IsDatabaseAway(e))
        {
            return null;
        }
    }

    private async Task<HealthRow?> SaveAsync(Provider provider, ProbeResult result, CancellationToken cancel)
    {
        try
        {
            return await _store.SaveAsync(provider, result, cancel);
        }
        catch (Exception e) when (ExceptionProblems.IsDatabaseAway(e))
        {
            _log.LogDebug("The health of {Provider} is kept in memory while the database is away", provider.Name);
            return null;
        }
    }

    private IEnumerable<Measurement<double>> Measure() =>
        from provider in Probed()
        where _seen.ContainsKey(provider.Id)
        select new Measurement<double>(
            _seen[provider.Id].Status switch { ProviderStatus.Healthy => 1, ProviderStatus.Degraded => 0.5, _ => 0 },
            new KeyValuePair<string, object?>("provider", provider.Name), new KeyValuePair<string, object?>("kind", provider.Kind.Id));
}
