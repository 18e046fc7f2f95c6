using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Resilience;

/// <summary>The breakers of this node's targets, one for each model of a provider. Thread-safe.</summary>
public sealed class Breakers
{
    // Clients may name any model at a provider without a list of models: what they make up must not fill the memory.
    private const int MostTargets = 10_000;

    private static readonly Meter Meter = new("Switchyard.Gateway.Resilience");

    private readonly ConcurrentDictionary<(Guid Provider, string Model), (string Name, Breaker Breaker)> _all = new();
    private readonly BreakerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Breakers> _log;
    private volatile bool _any;

    public Breakers(IOptions<BreakerOptions> options, TimeProvider time, ILogger<Breakers> log)
    {
        (_options, _time, _log) = (options.Value, time, log);
        Meter.CreateObservableGauge(
            "switchyard.breaker.open", Measure, description: "1 when a target's breaker is open, 0.5 when it is half open, 0 when it is closed again.");
    }

    /// <summary>The targets of a provider that are not wholly trusted now: failing, open or half open.</summary>
    public IReadOnlyList<BreakerView> Of(Guid provider) =>
    [
        .. from entry in _all
           where entry.Key.Provider == provider && entry.Value.Breaker is { } b && (!b.IsClosed || b.FailuresInRow > 0)
           orderby entry.Key.Model
           select new BreakerView(entry.Key.Model, Word(entry.Value.Breaker.State), entry.Value.Breaker.FailuresInRow, Math.Round(entry.Value.Breaker.OpenLeft.TotalSeconds, 1)),
    ];

    /// <summary>Whether the target may be called in its turn; <see cref="Report"/> how that ended.</summary>
    public bool TryEnter(Provider provider, string model) => !_any || !_all.TryGetValue((provider.Id, model), out var found) || found.Breaker.TryEnter();

    /// <summary>How long the target is to be passed over; zero when it is not.</summary>
    public TimeSpan OpenLeft(Provider provider, string model) => _all.TryGetValue((provider.Id, model), out var found) ? found.Breaker.OpenLeft : TimeSpan.Zero;

    /// <summary>Notes how a call to a target ended.</summary>
    public void Report(Provider provider, string model, FailureClass failure)
    {
        // A target that never failed needs no breaker: the usual call only reads a flag.
        if (!_any && failure == FailureClass.None) return;
        if (!_all.TryGetValue((provider.Id, model), out var target))
        {
            if (!IsItsFault(failure) || _all.Count >= MostTargets) return;
            target = _all.GetOrAdd((provider.Id, model), static (_, made) => made, (provider.Name, new Breaker(_time)));
            _any = true;
        }

        if (failure == FailureClass.None) target.Breaker.Succeed(_options);
        else if (!IsItsFault(failure)) target.Breaker.Ignore();
        else if (target.Breaker.Fail(_options))
            _log.LogWarning("{Provider}/{Model} is passed over for {Seconds} s after {Failures} failures in a row", provider.Name, model, Math.Round(target.Breaker.OpenLeft.TotalSeconds), target.Breaker.FailuresInRow);
    }

    /// <summary>Whether a failure says that the target is in trouble, and not the request, its client or our share of it.</summary>
    internal static bool IsItsFault(FailureClass failure) => failure
        is not (FailureClass.None or FailureClass.Rejected or FailureClass.Aborted or FailureClass.TooLarge or FailureClass.RateLimited);

    private static string Word(BreakerState state) => state switch { BreakerState.Open => "open", BreakerState.HalfOpen => "half-open", _ => "closed" };

    private IEnumerable<Measurement<double>> Measure() =>
        from entry in _all
        select new Measurement<double>(
            entry.Value.Breaker.State switch { BreakerState.Open => 1, BreakerState.HalfOpen => 0.5, _ => 0 },
            new KeyValuePair<string, object?>("provider", entry.Value.Name), new KeyValuePair<string, object?>("model", entry.Key.Model));
}

/// <summary>A target in trouble.</summary>
/// <param name="Model">The model at its provider.</param>
/// <param name="State"><c>closed</c>, <c>half-open</c> or <c>open</c>.</param>
/// <param name="FailuresInRow">Failed calls since the last that succeeded.</param>
/// <param name="OpenSeconds">How long it is still passed over.</param>
public sealed record BreakerView(string Model, string State, int FailuresInRow, double OpenSeconds);
