using System.Text.Json;
using Switchyard.TestKit;

namespace Switchyard.Bench.Gateway;

/// <summary>What a case gave: CPU microseconds per request and requests per second, medians.</summary>
internal sealed record Result(string Case, double Nginx, double Switchyard, double NginxPerSecond, double SwitchyardPerSecond)
{
    public double Ratio => Switchyard / Nginx;
}

/// <summary>Latency at a fixed rate: without a proxy, through nginx, through Switchyard.</summary>
internal sealed record LatencyRow(int PerSecond, Latency Direct, Latency Nginx, Latency Switchyard)
{
    public double AddedByNginx => Nginx.P50 - Direct.P50;

    public double AddedBySwitchyard => Switchyard.P50 - Direct.P50;
}

/// <summary>Streams through both.</summary>
internal sealed record StreamComparison(StreamFigures Nginx, StreamFigures Switchyard);

/// <summary>Memory in MB after so many requests.</summary>
internal sealed record MemoryRow(long Requests, double Resident, double Anonymous);

/// <summary>All figures of a run, as a table and as <c>bench/results/gateway.json</c>.</summary>
internal sealed record Report(
    IReadOnlyList<Result> Results,
    IReadOnlyList<LatencyRow> Latencies,
    StreamComparison? Streams,
    CrowdFigures? Crowd,
    AbortFigures? Aborts,
    (double Resident, double Anonymous) Idle,
    IReadOnlyList<MemoryRow> Memory)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Write()
    {
        Print();
        var path = Path.Combine(Repository.Root, "bench/results/gateway.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var all = new
        {
            at = TimeProvider.System.GetUtcNow(),
            cpuMicrosecondsPerRequest = Results,
            latencyMs = Latencies,
            streams = Streams,
            manyStreams = Crowd,
            aborts = Aborts,
            memory = new { idleMb = Idle.Resident, idleAnonymousMb = Idle.Anonymous, load = Memory },
        };
        File.WriteAllText(path, JsonSerializer.Serialize(all, Json) + "\n");
    }

    private void Print()
    {
        if (Results.Count > 0) Console.WriteLine($"{"CPU µs per request",-38}{"nginx",8}{"switchyard",12}{"ratio",8}{"nginx req/s",14}{"switchyard",12}");
        foreach (var r in Results)
            Console.WriteLine($"{r.Case,-38}{r.Nginx,8:0.0}{r.Switchyard,12:0.0}{r.Ratio,8:0.00}{r.NginxPerSecond,14:n0}{r.SwitchyardPerSecond,12:n0}");
        foreach (var l in Latencies)
            Console.WriteLine($"at {l.PerSecond}/s, ms p50 (p99): direct {l.Direct.P50:0.00} ({l.Direct.P99:0.00}), nginx {l.Nginx.P50:0.00} ({l.Nginx.P99:0.00}), switchyard {l.Switchyard.P50:0.00} ({l.Switchyard.P99:0.00}); added p50: nginx {l.AddedByNginx:0.00}, switchyard {l.AddedBySwitchyard:0.00}");
        if (Streams is { } s)
        {
            Console.WriteLine($"stream, ms to the first byte: nginx {s.Nginx.FirstByteMs:0.00}, switchyard {s.Switchyard.FirstByteMs:0.00}, added {s.Switchyard.FirstByteMs - s.Nginx.FirstByteMs:0.00}");
            Console.WriteLine($"stream, separate arrivals of 23 events sent apart: nginx {s.Nginx.Arrivals:0}, switchyard {s.Switchyard.Arrivals:0}");
        }

        if (Crowd is { } c) Console.WriteLine($"{c.Streams:n0} streams at once: {c.Complete:n0} complete, {c.MedianGapMs:0} ms between events, longest {c.LongestGapMs:0} ms (sent every 500)");
        if (Aborts is { } a) Console.WriteLine($"ms until the provider learns that the client left: median {a.MedianMs:0.0}, longest {a.LongestMs:0.0}");
        Console.WriteLine($"memory: idle {Idle.Resident:0} MB resident, {Idle.Anonymous:0} MB not mapped from files");
    }
}
