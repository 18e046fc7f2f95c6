using System.Globalization;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Faults;

/// <summary>An installation on its own embedded database.</summary>
public sealed class EmbeddedGateway : RunningGateway
{
    protected override string? Reach(string database) => null;
}

/// <summary>The database hangs or dies beside the running server: calls go on, and everything they cost is written down, once.</summary>
public sealed class PostgresFaultTests(EmbeddedGateway gateway) : IClassFixture<EmbeddedGateway>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_database_that_hangs_holds_up_no_call()
    {
        var before = await SettledAsync();
        using var http = gateway.Client();
        var calls = 0;

        await SignalAllAsync("STOP");
        try
        {
            await Eventually.IsTrue(
                async () =>
                {
                    (await http.CallAsync()).ShouldBe(200);
                    calls++;
                    return await http.ReadinessAsync() == "degraded";
                },
                "health notices that the database does not answer",
                Patience);
            for (var i = 0; i < 5; i++, calls++) (await http.CallAsync()).ShouldBe(200);
        }
        finally
        {
            await SignalAllAsync("CONT");
        }

        await RecoversAsync(http, before + calls);
    }

    [Fact]
    public async Task A_database_that_is_killed_is_started_again_and_nothing_is_lost()
    {
        var before = await SettledAsync();
        using var http = gateway.Client();
        var calls = 0;
        var dead = Postmaster();

        await SwitchyardProgram.SignalAsync(dead, "KILL");
        await Eventually.IsTrue(
            async () =>
            {
                (await http.CallAsync()).ShouldBe(200);
                calls++;
                return File.Exists(StatusFile) && Postmaster() != dead;
            },
            "the server starts its database again",
            Patience);

        await RecoversAsync(http, before + calls);
    }

    private string StatusFile => Path.Combine(
        Directory.GetDirectories(Path.Combine(gateway.Server.Data, "postgres")).Single(d => char.IsAsciiDigit(Path.GetFileName(d)[0])), "postmaster.pid");

    private int Postmaster() => int.TryParse(File.ReadLines(StatusFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : 0;

    private async Task<int> SettledAsync() => (await UsageRecord.ReadAllAsync(gateway)).Count;

    private async Task RecoversAsync(HttpClient http, int records)
    {
        await Eventually.Pass(async () => (await http.ReadinessAsync()).ShouldBe("ready"), Patience);
        await Eventually.Pass(async () => (await SettledAsync()).ShouldBe(records), Patience);
        // Once: what is there is there for good, and the vendor saw as many.
        var all = await UsageRecord.ReadAllAsync(gateway);
        all.DistinctBy(r => r.Id).Count().ShouldBe(all.Count);
        gateway.Mock.Bill.For("ok").Count.ShouldBe(all.Count);
        await Eventually.Pass(() => gateway.CreateKeyAsync("client"), Patience);
    }

    private async Task SignalAllAsync(string signal)
    {
        var cluster = Path.GetDirectoryName(StatusFile);
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id) || new FileInfo(Path.Combine(process, "cwd")).LinkTarget != cluster) continue;
            try
            {
                await SwitchyardProgram.SignalAsync(id, signal);
            }
            catch (ShouldAssertException) when (!Directory.Exists(process))
            {
                // A backend that ended meanwhile.
            }
        }
    }
}
