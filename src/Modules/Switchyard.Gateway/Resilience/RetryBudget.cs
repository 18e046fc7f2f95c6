using Microsoft.Extensions.Options;

namespace Switchyard.Gateway.Resilience;

/// <summary>
/// Keeps repetitions at a share of all calls, so that trouble at a provider is not multiplied; a small reserve, which
/// time refills, lets a quiet gateway repeat too. Per node; thread-safe.
/// </summary>
public sealed class RetryBudget(IOptions<RetryOptions> options, TimeProvider time)
{
    private const double Reserve = 10;
    private const double PerSecond = 0.5;
    private const double Most = 100;

    private readonly Lock _gate = new();
    private double _left = Reserve;
    private long _refilled = time.GetTimestamp();
    private long _calls;

    /// <summary>Notes a call, which earns its share of a repetition.</summary>
    public void Earn() => Interlocked.Increment(ref _calls);

    /// <summary>Takes one repetition; false when the share is used up.</summary>
    public bool TrySpend()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var reserve = Math.Max(0, Reserve - _left);
            var earned = Interlocked.Exchange(ref _calls, 0) * options.Value.BudgetPercent / 100;
            _left = Math.Min(Most, _left + Math.Min(reserve, time.GetElapsedTime(_refilled, now).TotalSeconds * PerSecond) + earned);
            _refilled = now;
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }
}
