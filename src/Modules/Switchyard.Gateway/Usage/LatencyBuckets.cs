namespace Switchyard.Gateway.Usage;

/// <summary>
/// A mergeable sketch of durations: counts on a logarithmic scale whose buckets grow by a tenth, so that any
/// percentile is right within 5 %. After DDSketch (Masson et al., VLDB 2019).
/// </summary>
public static class LatencyBuckets
{
    private const double Growth = 1.1;
    private const int Most = 180;
    private static readonly double Log = Math.Log(Growth);

    /// <summary>The bucket of a duration.</summary>
    public static int Of(double ms) => ms <= 1 ? 0 : Math.Min(Most - 1, (int)Math.Ceiling(Math.Log(ms) / Log));

    /// <summary>The duration below which <paramref name="share"/> (0–1) of all lie; null when there are none.</summary>
    public static double? Percentile(IReadOnlyList<long> counts, double share)
    {
        var all = counts.Sum();
        if (all == 0) return null;
        var rank = Math.Max(1, (long)Math.Ceiling(share * all));
        for (var i = 0; i < counts.Count; i++)
        {
            rank -= counts[i];
            if (rank <= 0) return Math.Round(i == 0 ? 1 : 2 * Math.Pow(Growth, i) / (1 + Growth), 1);
        }

        return null;
    }

    /// <summary>Counts one duration, or takes it back with <paramref name="by"/> −1.</summary>
    public static void Add(ref long[] counts, double ms, int by = 1)
    {
        var bucket = Of(ms);
        if (bucket >= counts.Length) Array.Resize(ref counts, bucket + 1);
        counts[bucket] += by;
    }
}
