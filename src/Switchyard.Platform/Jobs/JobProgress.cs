namespace Switchyard.Platform.Jobs;

/// <summary>How far a job is. Never goes back; thread-safe.</summary>
public sealed class JobProgress
{
    // The rate forgets half of the past in about this time.
    private static readonly TimeSpan HalfLife = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _done;
    private long? _total;
    private long _errors;
    private double? _rate;
    private long _sampledDone;
    private long _sampledAt;

    /// <summary>Goes on from what was stored.</summary>
    public JobProgress(TimeProvider time, long done = 0, long? total = null, long errors = 0)
    {
        (_time, _done, _total, _errors) = (time, done, total, errors);
        (_sampledDone, _sampledAt) = (done, time.GetTimestamp());
    }

    /// <summary>The figures of now.</summary>
    public ProgressFigures Figures
    {
        get
        {
            lock (_gate)
            {
                double? left = _total is { } total && _rate is > 0 ? (total - _done) / _rate : null;
                return new ProgressFigures(_done, _total, _errors, _rate, left);
            }
        }
    }

    /// <summary>
    /// Says how much is done in all. Less than before is ignored: after a restart the work between the checkpoint
    /// and the crash is done again, and was counted already. A total below the work done rises to it.
    /// </summary>
    public void Report(long done, long? total = null, long? errors = null)
    {
        lock (_gate)
        {
            _done = Math.Max(_done, done);
            if (total is not null) _total = total;
            if (_total < _done) _total = _done;
            if (errors is { } e) _errors = Math.Max(_errors, e);
        }
    }

    /// <summary>The work is complete: there was as much as was done.</summary>
    public void Complete()
    {
        lock (_gate) _total = _done;
    }

    /// <summary>Takes a sample for the rate; call at a steady pace.</summary>
    public void Sample()
    {
        lock (_gate)
        {
            var elapsed = _time.GetElapsedTime(_sampledAt);
            if (elapsed <= TimeSpan.Zero) return;
            var now = (_done - _sampledDone) / elapsed.TotalSeconds;
            var keep = Math.Pow(0.5, elapsed / HalfLife);
            _rate = _rate is { } before ? (before * keep) + (now * (1 - keep)) : now;
            (_sampledDone, _sampledAt) = (_done, _time.GetTimestamp());
        }
    }
}
