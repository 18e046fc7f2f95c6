using System.Diagnostics;

namespace Switchyard.Bench.Events;

/// <summary>Durable appends per second, while the node's feed reads them.</summary>
internal static class AppendBench
{
    public static async Task<Measure> RunAsync(BenchNode node, int writers, int batch, TimeSpan duration)
    {
        var latencies = new Latencies();
        var started = Stopwatch.GetTimestamp();
        var last = await Task.WhenAll(Enumerable.Range(0, writers).Select(async _ =>
        {
            long sequence = 0;
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var at = Stopwatch.GetTimestamp();
                sequence = await node.AppendAsync(batch);
                latencies.Add(Stopwatch.GetElapsedTime(at));
            }

            return sequence;
        }));
        var elapsed = Stopwatch.GetElapsedTime(started);
        while (node.Feed.Position < last.Max()) await Task.Delay(1);
        var behind = Stopwatch.GetElapsedTime(started) - elapsed;
        return new Measure(
            $"append, {writers} writer(s), {batch} event(s) a change", latencies.Count * batch / elapsed.TotalSeconds,
            latencies.At(0.5), latencies.At(0.99), latencies.At(1), $"reader at the head {behind.TotalMilliseconds:N0} ms later");
    }
}
