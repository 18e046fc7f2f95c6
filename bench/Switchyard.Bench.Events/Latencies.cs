namespace Switchyard.Bench.Events;

/// <summary>Counts latencies in steps of a tenth of a millisecond up to ten seconds. Thread-safe.</summary>
internal sealed class Latencies
{
    private readonly long[] _counts = new long[100_001];

    public long Count => _counts.Sum();

    public void Add(TimeSpan latency) =>
        Interlocked.Increment(ref _counts[Math.Clamp((int)(latency.TotalMilliseconds * 10), 0, _counts.Length - 1)]);

    public double At(double part)
    {
        var (wanted, seen) = (Math.Max(1, (long)Math.Ceiling(Count * part)), 0L);
        for (var i = 0; i < _counts.Length; i++)
        {
            if ((seen += _counts[i]) >= wanted) return i / 10.0;
        }

        return 0;
    }
}
