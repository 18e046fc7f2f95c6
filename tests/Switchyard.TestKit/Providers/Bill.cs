using System.Collections.Concurrent;

namespace Switchyard.TestKit.Providers;

/// <summary>What the mock provider would invoice: every call it received, in order of arrival. Thread-safe.</summary>
public sealed class Bill
{
    private ConcurrentQueue<BilledCall> _calls = new();
    private ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);

    /// <summary>All calls so far.</summary>
    public IReadOnlyList<BilledCall> Calls => [.. _calls];

    /// <summary>Calls that are still being answered.</summary>
    public int Running => _calls.Count(c => c.Outcome == CallOutcome.Running);

    /// <summary>Calls for one model (script).</summary>
    public IReadOnlyList<BilledCall> For(string model) => [.. _calls.Where(c => c.Model == model)];

    /// <summary>Tokens of all calls.</summary>
    public MockUsage Total => _calls.Aggregate(
        MockUsage.None,
        (sum, call) => new MockUsage(
            sum.Input + call.Usage.Input,
            sum.Output + call.Usage.Output,
            sum.CachedRead + call.Usage.CachedRead,
            sum.CacheWrite + call.Usage.CacheWrite,
            sum.Reasoning + call.Usage.Reasoning));

    /// <summary>Forgets everything, also how often flaky models failed.</summary>
    public void Clear() => (_calls, _attempts) = (new(), new(StringComparer.Ordinal));

    internal void Add(BilledCall call) => _calls.Enqueue(call);

    /// <summary>Counts calls of a model from 1, for scripts that fail only at first.</summary>
    internal int NextAttempt(string model) => _attempts.AddOrUpdate(model, 1, (_, count) => count + 1);
}
