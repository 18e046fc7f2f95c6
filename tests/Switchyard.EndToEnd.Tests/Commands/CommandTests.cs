using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Commands;

/// <summary>The verbs of the command line, as an operator or a script calls them.</summary>
public sealed class CommandTests(Scratch scratch) : IClassFixture<Scratch>
{
    [Fact]
    public async Task Migrate_rehearses_runs_and_finds_nothing_more_to_do()
    {
        await using var fresh = new Scratch();
        await fresh.InitializeAsync();

        var rehearsed = await fresh.AskAsync("migrate", "--dry-run");
        rehearsed.GetProperty("migrations").GetArrayLength().ShouldBeGreaterThan(5);
        (await CountAsync(fresh, "select count(*) from pg_namespace where nspname = 'platform'")).ShouldBe(0, "a rehearsal changes nothing");

        (await fresh.AskAsync("migrate")).GetProperty("migrations").GetArrayLength().ShouldBe(rehearsed.GetProperty("migrations").GetArrayLength());
        (await fresh.AskAsync("migrate")).GetProperty("migrations").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_key_is_made_with_its_bounds_listed_without_its_secret_and_revoked()
    {
        var made = await scratch.AskAsync("keys", "create", "build server", "--scope", "client", "--scope", "viewer", "--model", "openai/*", "--days", "30");
        var (id, secret) = (made.GetProperty("id").GetGuid(), made.GetProperty("secret").GetString()!);
        made.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(TimeProvider.System.GetUtcNow().AddDays(30), TimeSpan.FromMinutes(10));

        var listed = Key(await scratch.AskAsync("keys", "list"), id);
        listed.GetRawText().ShouldNotContain(secret);
        listed.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()).ShouldBe(["client", "viewer"]);
        listed.GetProperty("allowedModels").EnumerateArray().Select(s => s.GetString()).ShouldBe(["openai/*"]);
        listed.GetProperty("status").GetString().ShouldBe("active");

        var alone = await scratch.RunAsync("keys", "create", "for a script");
        alone.Output.Trim().ShouldStartWith("sy-", customMessage: "the secret stands alone on standard output");
        alone.Output.Trim().ShouldNotContain("\n");

        await scratch.AskAsync("keys", "revoke", $"{id}");
        Key(await scratch.AskAsync("keys", "list"), id).GetProperty("status").GetString().ShouldBe("revoked");
        foreach (var refused in new[] { await scratch.RunAsync("keys", "revoke", $"{id}"), await scratch.RunAsync("keys", "create", "x", "--scope", "emperor"), await scratch.RunAsync("keys", "create", "x", "--days", "-1") })
        {
            refused.Code.ShouldBe(1, refused.All);
            refused.Errors.Trim().ShouldNotContain("   at ");
        }
    }

    [Fact]
    public async Task The_master_key_is_rotated_under_a_running_service_and_no_secret_is_lost()
    {
        var gateway = new RunningGateway();
        await gateway.InitializeAsync();
        var file = Path.Combine(gateway.Server.Data, "master.key");
        var old = File.ReadAllLines(file);

        var rotated = await SwitchyardProgram.RunAsync(["keys", "rotate-master", "--json", "--database", gateway.Database, "--data", gateway.Server.Data]);

        rotated.Code.ShouldBe(0, rotated.All);
        JsonDocument.Parse(rotated.Output).RootElement.GetProperty("wrapped").GetInt32().ShouldBeGreaterThanOrEqualTo(2);
        var now = File.ReadAllLines(file);
        now.ShouldBe([now[0], .. old]);
        now[0].ShouldNotBe(old[0]);

        // A change makes the server, which was started with the old key alone, read every provider anew.
        await gateway.AddProviderAsync("another", "openai-compatible", gateway.Mock.OpenAi);
        using var client = gateway.Client();
        await Eventually.IsTrue(async () => await client.CallAsync("another/ok") == 200, "the new provider serves");
        (await client.CallAsync("openai/ok")).ShouldBe(200);
        gateway.Mock.Bill.Calls.Where(call => call.Dialect == "openai" && call.Model == "ok").ShouldAllBe(call => call.Headers["authorization"] == "Bearer " + RunningGateway.VendorKey);

        // And the old key is needed no more.
        File.WriteAllLines(file, now[..1]);
        await gateway.Server.StopAsync();
        await gateway.Server.StartAsync();
        using var after = gateway.Client();
        (await after.CallAsync("openai/ok")).ShouldBe(200);
        gateway.Server.Output.ShouldNotContain("which this node does not have", customMessage: "the database knows the new key");
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task The_demo_twice_is_the_demo_once()
    {
        var first = await scratch.AskAsync("demo");
        first.EnumerateObject().Sum(added => added.Value.GetInt32()).ShouldBeGreaterThan(0);
        var second = await scratch.AskAsync("demo");
        second.EnumerateObject().Sum(added => added.Value.GetInt32()).ShouldBe(0);
        (await CountAsync(scratch, "select count(*) from gateway.providers where kind = 'simulator'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_healthy_machine_passes_check_and_doctor()
    {
        await scratch.AskAsync("migrate");
        (await scratch.AskAsync("check")).GetProperty("ok").GetBoolean().ShouldBeTrue();
        var findings = (await scratch.AskAsync("doctor")).GetProperty("findings").EnumerateArray().ToList();
        findings.Single(f => f.GetProperty("part").GetString() == "database").GetProperty("state").GetString().ShouldBe("ok");
        findings.Single(f => f.GetProperty("part").GetString() == "migrations").GetProperty("state").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task A_machine_without_database_or_with_a_bad_data_directory_fails_both_and_says_what_to_do()
    {
        var file = scratch.File("not-a-directory", "");
        var nobody = $"Host=127.0.0.1;Port={ClosedPort()};Username=sy;Password=NEVER-SHOWN;Database=none;Timeout=2";
        foreach (var verb in new[] { "check", "doctor" })
        {
            var result = await SwitchyardProgram.RunAsync(verb, "--json", "--database", nobody, "--data", file);
            result.Code.ShouldBe(1, result.All);
            result.All.ShouldNotContain("NEVER-SHOWN");
            var parts = JsonDocument.Parse(result.Output).RootElement.GetProperty(verb == "check" ? "problems" : "findings").EnumerateArray()
                .Where(f => verb == "check" || f.GetProperty("state").GetString() == "failed").ToList();
            parts.ShouldNotBeEmpty();
            parts.ShouldAllBe(f => f.GetProperty("cure").GetString()!.Length > 10);
        }
    }

    [Theory]
    [InlineData("en_US.UTF-8", "master key", "Did you mean server:drainSeconds?")]
    [InlineData("zh_CN.UTF-8", "主密钥", "您是否想写 server:drainSeconds？")]
    public async Task Doctor_and_check_speak_the_terminals_language(string locale, string part, string cure)
    {
        var terminal = new Dictionary<string, string> { ["LC_ALL"] = locale };
        var file = scratch.File($"{locale}.yaml", "server:\n  drainSecnds: 3\n");

        var doctor = await SwitchyardProgram.RunAsync(terminal, "doctor", "--database", scratch.Database, "--data", scratch.Data);
        var check = await SwitchyardProgram.RunAsync(terminal, "check", "--config", file, "--database", scratch.Database, "--data", scratch.Data);

        doctor.Code.ShouldBe(0, doctor.All);
        doctor.Output.ShouldContain(part);
        check.Code.ShouldBe(1, check.All);
        check.Output.ShouldContain(cure);
    }

    [Fact]
    public async Task A_command_works_beside_the_running_server_on_its_embedded_database()
    {
        await using var server = await ServerProcess.StartAsync(database: null);

        var made = await SwitchyardProgram.RunAsync("keys", "create", "from outside", "--data", server.Data);

        made.Code.ShouldBe(0, made.All);
        using var client = TestHttp.Client(server.Address);
        client.DefaultRequestHeaders.Authorization = new("Bearer", made.Output.Trim());
        // The server learns of it by the event log, as a second node would.
        await Eventually.Pass(async () => (await client.GetAsync(new Uri("/v1/models", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK), TimeSpan.FromSeconds(30));
        var restore = await SwitchyardProgram.RunAsync("restore", scratch.File("none.backup"), "--data", server.Data);
        restore.Code.ShouldBe(1, restore.All);
        restore.Errors.ShouldContain("none.backup");
    }

    private static JsonElement Key(JsonElement list, Guid id) => list.GetProperty("items").EnumerateArray().Single(k => k.GetProperty("id").GetGuid() == id);

    private static async Task<long> CountAsync(Scratch on, string sql)
    {
        await using var source = NpgsqlDataSource.Create(on.Database);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
