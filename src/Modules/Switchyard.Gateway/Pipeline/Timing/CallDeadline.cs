namespace Switchyard.Gateway.Pipeline.Timing;

/// <summary>Why a call was ended from outside.</summary>
public enum CutReason
{
    None,

    /// <summary>The client left.</summary>
    Client,

    /// <summary>A deadline passed.</summary>
    Timeout,

    /// <summary>The server stops.</summary>
    Shutdown,
}

/// <summary>The deadlines of one call, and the token that ends it. Made by <see cref="DeadlineClock"/>; reused.</summary>
public sealed class CallDeadline : IDisposable
{
    private readonly DeadlineClock _clock;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _client;
    private long _total;
    private long _due = long.MaxValue;
    private int _reason;
    private bool _over;

    internal CallDeadline(DeadlineClock clock, TimeProvider time) => (_clock, _time) = (clock, time);

    /// <summary>Ends everything the call is waiting for.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Why the token was cancelled.</summary>
    public CutReason Reason => (CutReason)Volatile.Read(ref _reason);

    internal long Due => Volatile.Read(ref _due);

    internal int Place { get; set; }

    /// <summary>The next step must come within <paramref name="step"/>, and never after the total.</summary>
    public void Expect(TimeSpan step) => Volatile.Write(ref _due, Math.Min(_total, _time.GetTimestamp() + Ticks(step)));

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        _client.Dispose();
        lock (_gate) _over = true;
        _clock.Release(this);
    }

    internal void Begin(TimeSpan total, CancellationToken client)
    {
        lock (_gate) _over = false;
        _total = _time.GetTimestamp() + Ticks(total);
        Volatile.Write(ref _due, _total);
        _client = client.UnsafeRegister(static deadline => ((CallDeadline)deadline!).End(CutReason.Client), this);
    }

    /// <summary>Ends the call, once; with <paramref name="now"/> only when the deadline has still passed.</summary>
    internal void End(CutReason reason, long? now = null)
    {
        lock (_gate)
        {
            // The call may have ended, or made progress, between being found late and being told so.
            if (_over || (now is { } at && Due > at)) return;
            if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)CutReason.None) != (int)CutReason.None) return;
        }

        _source.Cancel();
    }

    /// <summary>Makes it fit for another call; false when it was cancelled and must be thrown away.</summary>
    internal bool Reset()
    {
        Volatile.Write(ref _due, long.MaxValue);
        if (Reason != CutReason.None || !_source.TryReset()) return false;
        _client = default;
        return true;
    }

    // In floating point: a day in nanoseconds times ticks would overflow.
    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
