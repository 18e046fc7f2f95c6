namespace Switchyard.Gateway.Resilience;

/// <summary>What a breaker lets through.</summary>
public enum BreakerState
{
    /// <summary>Everything.</summary>
    Closed,

    /// <summary>One call, whose end decides.</summary>
    HalfOpen,

    /// <summary>Nothing that another target can serve.</summary>
    Open,
}

/// <summary>
/// The circuit breaker of one target (M. Nygard, "Release It!", 2007). It opens on failures in a row or on a share of
/// failures within a window, lets one call try after a while, and closes when that one succeeds. Thread-safe; times are
/// those of the clock it is given.
/// </summary>
public sealed class Breaker(TimeProvider time)
{
    private const int Slices = 10;
    private const int LongestOpening = 8;
    private static readonly TimeSpan LongestTrial = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly (long Slice, int Calls, int Failed)[] _window = new (long, int, int)[Slices];
    private int _inRow;
    private int _openings;
    private long _openUntil;
    private bool _open;
    private bool _trying;

    /// <summary>The state now.</summary>
    public BreakerState State
    {
        get
        {
            lock (_gate) return StateAt(time.GetTimestamp());
        }
    }

    /// <summary>Failures in a row.</summary>
    public int FailuresInRow => Volatile.Read(ref _inRow);

    /// <summary>How long it stays open; zero when it is not open.</summary>
    public TimeSpan OpenLeft
    {
        get
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                return _open && _openUntil > now ? time.GetElapsedTime(now, _openUntil) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Whether it lets every call through, without asking for the time: the usual case on the request path.</summary>
    public bool IsClosed => !Volatile.Read(ref _open);

    /// <summary>Whether a call may go there in its turn; of those that ask when it is half open, one. Report its end.</summary>
    public bool TryEnter()
    {
        if (IsClosed) return true;
        lock (_gate)
        {
            if (!_open) return true;
            var now = time.GetTimestamp();
            if (now < _openUntil) return false;
            // Should its end never be reported, another may try a while later.
            _openUntil = now + (long)(LongestTrial.TotalSeconds * time.TimestampFrequency);
            return _trying = true;
        }
    }

    /// <summary>The target did its work.</summary>
    public void Succeed(BreakerOptions options)
    {
        lock (_gate)
        {
            Count(options, failed: 0);
            (_inRow, _openings, _open, _trying) = (0, 0, false, false);
        }
    }

    /// <summary>The call said nothing about the target: refused for what it asks, or given up by its client.</summary>
    public void Ignore()
    {
        lock (_gate)
        {
            if (!_trying) return;
            (_trying, _openUntil) = (false, time.GetTimestamp());
        }
    }

    /// <summary>The target failed.</summary>
    /// <returns>True when that opened it.</returns>
    public bool Fail(BreakerOptions options)
    {
        if (options.Failures == 0) return false;
        lock (_gate)
        {
            _inRow++;
            var share = Count(options, failed: 1);
            // Calls that began before it opened, and those that had no other target, end while it is open: they change nothing.
            if (_open && !_trying) return false;
            if (!_open && _inRow < options.Failures && share < options.ErrorPercent) return false;
            _openings = Math.Min(_openings + 1, 4);
            _openUntil = time.GetTimestamp() + (long)(options.OpenFor.TotalSeconds * Math.Min(LongestOpening, 1 << (_openings - 1)) * time.TimestampFrequency);
            (_open, _trying) = (true, false);
            Array.Clear(_window);
            return true;
        }
    }

    private BreakerState StateAt(long now) => !_open ? BreakerState.Closed : !_trying && now < _openUntil ? BreakerState.Open : BreakerState.HalfOpen;

    /// <summary>The share of failures in percent; 0 while there are too few calls.</summary>
    private double Count(BreakerOptions options, int failed)
    {
        var slice = time.GetTimestamp() / Math.Max(1, (long)(options.Window.TotalSeconds / Slices * time.TimestampFrequency));
        ref var current = ref _window[slice % Slices];
        if (current.Slice != slice) current = (slice, 0, 0);
        current.Calls++;
        current.Failed += failed;
        if (failed == 0) return 0;
        var (calls, bad) = (0, 0);
        foreach (var (at, all, wrong) in _window)
        {
            if (at <= slice - Slices) continue;
            calls += all;
            bad += wrong;
        }

        return calls < options.MinimumCalls ? 0 : 100.0 * bad / calls;
    }
}
