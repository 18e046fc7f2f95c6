namespace Switchyard.Gateway.Pipeline.Timing;

/// <summary>
/// One timer that watches the deadlines of all calls under way: setting a deadline is a store, not a timer.
/// Looks every 50 ms, so a call ends at most that much late. Thread-safe.
/// </summary>
public sealed class DeadlineClock : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly List<CallDeadline> _watched = [];
    private readonly Stack<CallDeadline> _spare = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly List<CallDeadline> _due = [];

    public DeadlineClock(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static clock => ((DeadlineClock)clock!).Look(), this, Period, Period);
    }

    /// <summary>Calls under way.</summary>
    public int Watched
    {
        get
        {
            lock (_gate) return _watched.Count;
        }
    }

    /// <summary>Starts watching; dispose the deadline when the call is over.</summary>
    /// <param name="total">Longest duration of the whole call.</param>
    /// <param name="client">Cancelled when the client leaves.</param>
    public CallDeadline Watch(TimeSpan total, CancellationToken client)
    {
        CallDeadline? deadline;
        lock (_gate)
        {
            if (!_spare.TryPop(out deadline)) deadline = new CallDeadline(this, _time);
            deadline.Place = _watched.Count;
            _watched.Add(deadline);
        }

        deadline.Begin(total, client);
        return deadline;
    }

    /// <summary>Ends every call under way: the server stops.</summary>
    public void CutAll()
    {
        CallDeadline[] all;
        lock (_gate) all = [.. _watched];
        foreach (var deadline in all) deadline.End(CutReason.Shutdown);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    internal void Release(CallDeadline deadline)
    {
        lock (_gate)
        {
            var last = _watched[^1];
            _watched[deadline.Place] = last;
            last.Place = deadline.Place;
            _watched.RemoveAt(_watched.Count - 1);
            if (_spare.Count < 256 && deadline.Reset()) _spare.Push(deadline);
        }
    }

    private void Look()
    {
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            _due.Clear();
            foreach (var deadline in _watched)
            {
                if (deadline.Due <= now) _due.Add(deadline);
            }
        }

        // Cancelling runs other people's code: never under the lock.
        foreach (var deadline in _due) deadline.End(CutReason.Timeout, now);
    }
}
