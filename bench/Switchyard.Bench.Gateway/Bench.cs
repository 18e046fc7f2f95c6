using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Switchyard.TestKit;

namespace Switchyard.Bench.Gateway;

/// <summary>One line of the table: what was asked of both, side by side, in turns.</summary>
internal sealed record Case(string Name, string Body, int Connections);

/// <summary>Runs everything.</summary>
internal static class Bench
{
    private const int WarmUpSeconds = 10;
    private const int Crowd = 2000;
    private const int LatencySeconds = 8;

    private static readonly Case[] Cases =
    [
        new("chat 1 KB, 16 connections", Bodies.Chat("fast", stream: false, 1024), 16),
        new("chat 1 KB, 64 connections", Bodies.Chat("fast", stream: false, 1024), 64),
        new("chat 32 KB, 16 connections", Bodies.Chat("fast", stream: false, 32 * 1024), 16),
        new("stream of 23 events, 16 connections", Bodies.Chat("fast", stream: true, 1024), 16),
    ];

    public static async Task<int> RunAsync(int rounds, int seconds, long memoryRequests)
    {
        var (mockPort, nginxPort, switchyardPort) = (FreePort(), FreePort(), FreePort());
        var self = Path.Combine(AppContext.BaseDirectory, "Switchyard.Bench.Gateway.dll");
        using var mock = ChildProcess.Start(1, "dotnet", [self, "mock", $"{mockPort}"]);
        using var nginx = Gateways.StartNginx(nginxPort, mockPort);
        using var switchyard = await Gateways.StartSwitchyardAsync(switchyardPort, mockPort);
        var idle = switchyard.Process.MemoryMb();
        // The runtime compiles what is used most again, in the background, on the one core that is busy: that takes its time.
        foreach (var one in Cases) await Wrk.RunAsync(switchyard.Url, switchyard.Key, one.Body, one.Connections, WarmUpSeconds);

        var results = new List<Result>();
        foreach (var one in rounds > 0 ? Cases : []) results.Add(await CompareAsync(one, nginx, switchyard, rounds, seconds));
        var latencies = rounds > 0 ? await LatenciesAsync(nginx, switchyard, mockPort) : [];
        var crowd = rounds > 1 ? await ManyStreams.RunAsync(switchyard.Url, switchyard.Key, Crowd) : null;
        var aborts = rounds > 0 ? await AbortsAsync(switchyard) : null;
        var streams = rounds > 0 ? (Nginx: await StreamProbe.RunAsync(nginx.Url, null, 40), Switchyard: await StreamProbe.RunAsync(switchyard.Url, switchyard.Key, 40)) : default;
        var memory = memoryRequests > 0 ? await MemoryAsync(switchyard, memoryRequests) : [];
        new Report(results, latencies, streams.Nginx is null ? null : new StreamComparison(streams.Nginx, streams.Switchyard), crowd, aborts, idle, memory).Write();
        return 0;
    }

    /// <summary>This build, other builds and nginx side by side: whether a change pays.</summary>
    /// <param name="others">The other builds' <c>switchyard.dll</c>.</param>
    public static async Task<int> AgainstAsync(IEnumerable<string> others, int rounds, int seconds)
    {
        var mockPort = FreePort();
        var self = Path.Combine(AppContext.BaseDirectory, "Switchyard.Bench.Gateway.dll");
        using var mock = ChildProcess.Start(1, "dotnet", [self, "mock", $"{mockPort}"]);
        var targets = new List<Target> { Gateways.StartNginx(FreePort(), mockPort) };
        try
        {
            foreach (var build in others.Prepend(null)) targets.Add(await Gateways.StartSwitchyardAsync(FreePort(), mockPort, build));
            foreach (var target in targets.Skip(1))
            {
                foreach (var one in Cases) await MeasureAsync(target, one, WarmUpSeconds);
            }

            Console.WriteLine("CPU µs per request, medians: nginx, then each build with its ratio to nginx");
            foreach (var one in Cases)
            {
                var seen = targets.ConvertAll(_ => new List<double>());
                for (var round = 0; round < rounds; round++)
                {
                    for (var i = 0; i < targets.Count; i++) seen[i].Add((await MeasureAsync(targets[i], one, seconds)).Cpu);
                }

                var nginx = Median(seen[0]);
                Console.WriteLine($"{one.Name,-38}{nginx,8:0.0}{string.Concat(seen.Skip(1).Select(s => $"{Median(s),10:0.0} {Median(s) / nginx:0.00}"))}");
            }
        }
        finally
        {
            targets.ForEach(target => target.Dispose());
        }

        return 0;
    }

    /// <summary>Keeps Switchyard under load, for a profiler, and prints its CPU time per request again and again.</summary>
    public static async Task<int> ProfileAsync(int seconds)
    {
        var (mockPort, switchyardPort) = (FreePort(), FreePort());
        var self = Path.Combine(AppContext.BaseDirectory, "Switchyard.Bench.Gateway.dll");
        using var mock = ChildProcess.Start(1, "dotnet", [self, "mock", $"{mockPort}"]);
        using var switchyard = await Gateways.StartSwitchyardAsync(switchyardPort, mockPort);
        Console.WriteLine($"process {switchyard.Process.Id}");
        for (var done = 0; done < seconds; done += 5)
        {
            foreach (var one in Cases)
            {
                var (cpu, rate) = await MeasureAsync(switchyard, one, 5);
                Console.WriteLine($"{one.Name}: {cpu:0.0} µs, {rate:n0}/s");
            }
        }

        return 0;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }

    private static async Task<Result> CompareAsync(Case one, Target nginx, Target switchyard, int rounds, int seconds)
    {
        var (n, s) = (new List<(double Cpu, double Rate)>(), new List<(double Cpu, double Rate)>());
        for (var round = 0; round < rounds; round++)
        {
            n.Add(await MeasureAsync(nginx, one, seconds));
            s.Add(await MeasureAsync(switchyard, one, seconds));
        }

        return new Result(one.Name, Median(n.Select(x => x.Cpu)), Median(s.Select(x => x.Cpu)), Median(n.Select(x => x.Rate)), Median(s.Select(x => x.Rate)));
    }

    private static async Task<(double Cpu, double Rate)> MeasureAsync(Target target, Case one, int seconds)
    {
        var before = target.Process.CpuMicroseconds();
        var load = await Wrk.RunAsync(target.Url, target.Key, one.Body, one.Connections, seconds);
        if (load.Errors > 0) throw new InvalidOperationException($"{target.Name}: {load.Errors} of {load.Requests} requests failed in '{one.Name}'.");
        return ((target.Process.CpuMicroseconds() - before) / load.Requests, load.PerSecond);
    }

    /// <summary>Memory every tenth of the way: it must not grow.</summary>
    private static async Task<IReadOnlyList<MemoryRow>> MemoryAsync(Target target, long requests)
    {
        var seen = new List<MemoryRow>();
        long done = 0;
        while (done < requests)
        {
            done += (await Wrk.RunAsync(target.Url, target.Key, Cases[0].Body, 64, 10)).Requests;
            var (resident, anonymous) = target.Process.MemoryMb();
            seen.Add(new MemoryRow(done, resident, anonymous));
            Console.WriteLine($"  after {done,9:n0} requests: {resident:0} MB resident, {anonymous:0} MB not mapped from files");
        }

        return seen;
    }

    private static async Task<AbortFigures> AbortsAsync(Target switchyard)
    {
        using var probe = new AbortProbe();
        await Gateways.AddProviderAsync(switchyard.Address, "silent", probe.Port, "silent");
        return await probe.RunAsync(switchyard, 50);
    }

    private static async Task<IReadOnlyList<LatencyRow>> LatenciesAsync(Target nginx, Target switchyard, int mockPort)
    {
        var direct = new Uri($"http://127.0.0.1:{mockPort}/v1/chat/completions").ToString();
        var rows = new List<LatencyRow>();
        foreach (var rate in new[] { 400, 2000 })
        {
            rows.Add(new LatencyRow(
                rate,
                await OpenLoop.RunAsync(direct, null, Cases[0].Body, rate, LatencySeconds),
                await OpenLoop.RunAsync(nginx.Url, null, Cases[0].Body, rate, LatencySeconds),
                await OpenLoop.RunAsync(switchyard.Url, switchyard.Key, Cases[0].Body, rate, LatencySeconds)));
        }

        return rows;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
