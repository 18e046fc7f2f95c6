using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Faults;

/// <summary>An installation whose journal is so small that a test can fill it.</summary>
public sealed class SmallJournalGateway : RunningGateway
{
    protected override IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["SWITCHYARD_GATEWAY__JOURNAL__SEGMENTBYTES"] = "65536" };
}

/// <summary>The machine has no more of something: the answer is clear, nothing is lost, and all is well when there is more again.</summary>
public sealed class LimitTests(SmallJournalGateway gateway) : IClassFixture<SmallJournalGateway>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Without_room_for_the_journal_no_call_is_made_that_could_not_be_accounted_for()
    {
        using var http = gateway.Client();
        (await http.CallAsync()).ShouldBe(200);

        // New segments are refused from now on, as by a full disk; those at hand fill up.
        await LimitAsync("fsize", "4096");
        await Eventually.IsTrue(async () => await http.CallAsync() == 503, "calls are refused for want of room", Patience);
        var billed = gateway.Mock.Bill.Calls.Count;
        for (var i = 0; i < 5; i++) (await http.CallAsync()).ShouldBe(503);
        gateway.Mock.Bill.Calls.Count.ShouldBe(billed, "a refused call never reaches the vendor");
        (await http.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode.ShouldBeTrue();

        await LimitAsync("fsize", "unlimited");
        await Eventually.IsTrue(async () => await http.CallAsync() == 200, "calls go on when there is room", Patience);
        await AgreeAsync();
    }

    [Fact]
    public async Task A_crowd_cannot_use_up_the_file_descriptors()
    {
        const int Files = 500;
        await using var server = ServerProcess.Prepare(null, database: null);
        server.Launcher = ["prlimit", $"--nofile={Files}:{Files}"];
        await server.StartAsync();
        using var http = TestHttp.Client(server.Address);
        (await http.ReadinessAsync()).ShouldBe("ready");

        var crowd = new List<Socket>();
        for (var i = 0; i < 2 * Files; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            crowd.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
            await socket.SendAsync("GET /health HTTP/1.1\r\nHost: crowd\r\n"u8.ToArray());
        }

        // Those beyond the bound are let go, so that the server keeps the files it needs itself; who came first is served.
        await Eventually.Pass(() => Directory.GetFiles($"/proc/{server.Id}/fd").Length.ShouldBeLessThan(Files - 50), Patience);
        (await http.ReadinessAsync()).ShouldBe("ready");

        crowd.ForEach(socket => socket.Dispose());
        using var fresh = TestHttp.Client(server.Address);
        await Eventually.IsTrue(async () => await IsReadyAsync(fresh), "there is room for others again", Patience);
        (await server.StopAsync()).ShouldBe(0);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return await http.ReadinessAsync() == "ready";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The vendor's bill and our records, one for one.</summary>
    private Task AgreeAsync() => Eventually.Pass(
        async () =>
        {
            var records = (await UsageRecord.ReadAllAsync(gateway)).Where(r => r.Status == "succeeded").ToList();
            records.DistinctBy(r => r.Id).Count().ShouldBe(records.Count);
            records.Count.ShouldBe(gateway.Mock.Bill.For("ok").Count);
        },
        Patience);

    private async Task LimitAsync(string resource, string soft)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{gateway.Server.Id}", $"--{resource}={soft}:"]);
        await prlimit.WaitForExitAsync();
        prlimit.ExitCode.ShouldBe(0, gateway.Server.Output);
    }
}
