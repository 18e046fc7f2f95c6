namespace Switchyard.Platform.Observability.Metrics;

/// <summary>
/// The first few series of an instrument by their tags as they come, so that a measurement on a hot path does not
/// write its labels anew. Thread-safe; reading takes no lock.
/// </summary>
internal sealed class RecentSeries
{
    private const int Most = 16;

    private readonly Lock _gate = new();
    private volatile Entry[] _entries = [];

    private sealed record Entry(KeyValuePair<string, object?>[] Tags, MetricSeries Series);

    /// <summary>The series of these tags; null when it is not among the few.</summary>
    public MetricSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var entry in _entries)
        {
            if (Same(entry.Tags, tags)) return entry.Series;
        }

        return null;
    }

    /// <summary>Remembers a series, while there is room.</summary>
    public void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags, MetricSeries series)
    {
        if (_entries.Length >= Most) return;
        lock (_gate)
        {
            if (_entries.Length < Most) _entries = [.. _entries, new Entry(tags.ToArray(), series)];
        }
    }

    private static bool Same(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.Length != tags.Length) return false;
        for (var i = 0; i < known.Length; i++)
        {
            if (known[i].Key != tags[i].Key || !Equals(known[i].Value, tags[i].Value)) return false;
        }

        return true;
    }
}
