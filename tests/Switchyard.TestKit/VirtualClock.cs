namespace Switchyard.TestKit;

/// <summary>
/// Time that passes only when a test says so. Timers, <c>Task.Delay(…, clock)</c> and cancellation after a
/// delay fire inside <see cref="Advance"/>, in the order in which they are due. Thread-safe.
/// </summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<VirtualTimer> _timers = [];
    private DateTimeOffset _now = start;
    private long _order;

    /// <summary>A clock that starts at an ordinary moment.</summary>
    public VirtualClock()
        : this(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero))
    {
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait to fire; lets a test wait until the code under test has gone to sleep.</summary>
    public int Waiting
    {
        get { lock (_gate) return _timers.Count; }
    }

    /// <summary>When the next timer is due; null when none waits.</summary>
    public DateTimeOffset? NextDue
    {
        get { lock (_gate) return _timers.Count == 0 ? null : _timers.Min(t => t.Due); }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves time forward by <paramref name="by"/> and fires everything that falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset target;
        lock (_gate) target = _now + by;
        while (TakeDue(target) is { } timer) timer.Fire();
        lock (_gate)
        {
            if (_now < target) _now = target;
        }
    }

    /// <summary>Sets the wall clock to <paramref name="now"/>, also backwards; timers do not fire by it.</summary>
    public void Jump(DateTimeOffset now)
    {
        lock (_gate)
        {
            var shift = now - _now;
            _now = now;
            foreach (var timer in _timers) timer.Due += shift;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private VirtualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= target).OrderBy(t => t.Due).ThenBy(t => t.Order).FirstOrDefault();
            if (next is null) return null;
            if (next.Due > _now) _now = next.Due;
            if (next.Period > TimeSpan.Zero) next.Due += next.Period;
            else _timers.Remove(next);
            return next;
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public long Order { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var fireNow = false;
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Period = period > TimeSpan.Zero ? period : TimeSpan.Zero;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Order = clock._order++;
                Due = clock._now + dueTime;
                fireNow = dueTime <= TimeSpan.Zero;
                if (fireNow && Period > TimeSpan.Zero) Due += Period;
                if (!fireNow || Period > TimeSpan.Zero) clock._timers.Add(this);
            }

            // As the system's timer does: due at once means on another thread, never inside the caller.
            if (fireNow) ThreadPool.QueueUserWorkItem(_ => Fire());
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
