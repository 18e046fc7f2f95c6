using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Switchyard.Gateway.Pipeline.Telemetry;

/// <summary>
/// Running sums of all calls by provider, model and outcome, read when somebody looks at the metrics: on the hot
/// path a call costs a look-up and a few additions. Thread-safe.
/// </summary>
internal static class CallTotals
{
    // A provider without a list of models lets clients make names up; further ones are counted together.
    private const int MostNames = 1000;

    private static readonly ConcurrentDictionary<Name, Sums> ByName = new();

    private readonly record struct Name(string Provider, string Model, CallStatus Status);

    private sealed class Sums
    {
        public long Requests;
        public long Attempts;
        public long Input;
        public long Output;
        public long CachedRead;
        public long CacheWrite;
        public long Unpriced;
        public decimal Cost;
        public string Currency = "USD";
    }

    /// <summary>Adds an ended call.</summary>
    public static void Add(GatewayCall call)
    {
        var name = new Name(call.Provider?.Name ?? "none", call.Model ?? "none", call.Status);
        if (!ByName.TryGetValue(name, out var sums))
        {
            if (ByName.Count >= MostNames) name = new Name("other", "other", call.Status);
            sums = ByName.GetOrAdd(name, static _ => new Sums());
        }

        lock (sums)
        {
            sums.Requests++;
            sums.Attempts += call.Attempts.Count;
            if (call.Usage is { } usage)
            {
                sums.Input += usage.Input;
                sums.Output += usage.Output;
                sums.CachedRead += usage.CachedRead;
                sums.CacheWrite += usage.CacheWrite;
            }

            if (call.Cost is { } cost)
            {
                sums.Cost += cost.Amount;
                sums.Currency = cost.Currency;
            }
            else if (call.Attempts.Count > 0)
            {
                sums.Unpriced++;
            }
        }
    }

    /// <summary>Calls by outcome.</summary>
    public static IEnumerable<Measurement<long>> Requests() => Each(s => s.Requests);

    /// <summary>Upstream calls.</summary>
    public static IEnumerable<Measurement<long>> Attempts() => Each(s => s.Attempts);

    /// <summary>Calls without a known cost.</summary>
    public static IEnumerable<Measurement<long>> Unpriced() => Each(s => s.Unpriced);

    /// <summary>Tokens by class.</summary>
    public static IEnumerable<Measurement<long>> Tokens() =>
        Each(s => s.Input, "input").Concat(Each(s => s.Output, "output")).Concat(Each(s => s.CachedRead, "cached-read")).Concat(Each(s => s.CacheWrite, "cache-write"));

    /// <summary>Cost of priced calls.</summary>
    public static IEnumerable<Measurement<double>> Cost()
    {
        foreach (var (name, sums) in ByName)
        {
            (decimal Cost, string Currency) seen;
            lock (sums) seen = (sums.Cost, sums.Currency);
            if (seen.Cost > 0) yield return new Measurement<double>((double)seen.Cost, [.. Tags(name), new("currency", seen.Currency)]);
        }
    }

    private static IEnumerable<Measurement<long>> Each(Func<Sums, long> of, string? kind = null)
    {
        foreach (var (name, sums) in ByName)
        {
            long value;
            lock (sums) value = of(sums);
            var tags = Tags(name);
            yield return new Measurement<long>(value, kind is null ? tags : [.. tags, new("class", kind)]);
        }
    }

    private static KeyValuePair<string, object?>[] Tags(Name name) =>
        [new("gen_ai.provider.name", name.Provider), new("gen_ai.response.model", name.Model), new("status", Words.Of(name.Status))];
}
