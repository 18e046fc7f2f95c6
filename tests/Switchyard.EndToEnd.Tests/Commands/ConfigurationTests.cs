using System.Text.Json;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Commands;

/// <summary>Where settings come from, which one holds, and what is said of one that cannot be used.</summary>
public sealed class ConfigurationTests(Scratch scratch) : IClassFixture<Scratch>
{
    // One database has one, whichever test comes first.
    private static readonly string MasterKey = new('a', 64);

    [Fact]
    public async Task The_command_line_stands_above_the_environment_above_the_file_above_the_default_and_secrets_are_masked()
    {
        var file = scratch.File("switchyard.yaml", """
            server:
              drainSeconds: 11
              maxConnections: 500
              urls: http://127.0.0.1:9
            jobs:
              concurrency: 2
            """);
        var environment = new Dictionary<string, string>
        {
            ["SWITCHYARD_SERVER__MAXCONNECTIONS"] = "600", ["SWITCHYARD_URLS"] = "http://127.0.0.1:10", ["SWITCHYARD_MASTER_KEY"] = MasterKey,
        };
        await using var server = await ServerProcess.StartAsync(scratch.Database + ";Password=PLANTED-PASSWORD", environment, "--config", file);
        using var admin = server.AsAdmin();

        var text = await admin.GetStringAsync(new Uri("/api/system/configuration", UriKind.Relative));

        var items = JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("key").GetString()!);
        Holds("server:maxBodyBytes", "31457280", "default");
        Holds("gateway:probeSeconds", "60", "default");
        Holds("server:drainSeconds", "11", $"file {file}");
        Holds("jobs:concurrency", "2", $"file {file}");
        Holds("server:maxConnections", "600", "environment SWITCHYARD_SERVER__MAXCONNECTIONS");
        Holds("server:urls", server.Address.ToString().TrimEnd('/'), "command line --port");
        text.ShouldNotContain("PLANTED-PASSWORD");
        text.ShouldNotContain(ServerProcess.AdminToken);
        text.ShouldNotContain(new string('a', 64));

        void Holds(string key, string value, string source) =>
            (items[key].GetProperty("value").GetString(), items[key].GetProperty("source").GetString()).ShouldBe((value, source), key);
    }

    [Theory]
    [InlineData("server:\n  urls: nonsense", "server:urls", "http://")]
    [InlineData("server:\n  role: emperor", "server:role", "gateway")]
    [InlineData("server:\n  drainSeconds: soon", "server:drainSeconds", "3600")]
    [InlineData("jobs:\n  concurrency: many", "jobs:concurrency", "whole number")]
    [InlineData("jobs:\n  concurrency: 1000", "jobs:concurrency", "100")]
    [InlineData("gateway:\n  firstTokenTimeout: soon", "gateway:firstTokenTimeout", "00:02:00")]
    [InlineData("database:\n  connection: nonsense", "database:connection", "Host=")]
    [InlineData("server: [", "switchyard.yaml:2:", "Mend")]
    [InlineData("? [a, b]\n: c", "switchyard.yaml:1:", "plain text")]
    public async Task A_value_that_cannot_be_used_ends_the_start_with_one_line_that_names_it_and_the_cure(string yaml, string place, string cure)
    {
        var file = scratch.File($"{Guid.CreateVersion7()}-switchyard.yaml", yaml);
        string[] on = yaml.StartsWith("database", StringComparison.Ordinal) ? [] : ["--database", scratch.Database];

        var started = await SwitchyardProgram.RunAsync(["serve", "--config", file, "--data", scratch.Data, .. on]);
        var checkedOnly = await SwitchyardProgram.RunAsync(["check", "--config", file, "--data", scratch.Data, .. on]);

        started.Code.ShouldBe(1, started.All);
        var line = started.Errors.Trim().Split('\n').Where(l => !l.StartsWith('{')).ShouldHaveSingleItem(started.All);
        line.ShouldContain(place);
        line.ShouldContain(cure);
        checkedOnly.Code.ShouldBe(1, checkedOnly.All);
        checkedOnly.Output.ShouldContain(place);
    }

    [Fact]
    public async Task Two_nodes_of_one_database_cannot_share_a_data_directory()
    {
        await using var server = await ServerProcess.StartAsync(scratch.Database, new Dictionary<string, string> { ["SWITCHYARD_MASTER_KEY"] = MasterKey });

        var second = await SwitchyardProgram.RunAsync("serve", "--port", "1", "--database", scratch.Database, "--data", server.Data);

        second.Code.ShouldBe(1, second.All);
        second.Errors.Trim().Split('\n').Where(l => !l.Contains("\"level\":\"info\"", StringComparison.Ordinal)).ShouldHaveSingleItem(second.All).ShouldContain("data directory of its own");
    }

    [Fact]
    public async Task A_name_that_nothing_knows_is_told_with_the_one_that_was_meant()
    {
        var file = scratch.File("typo.yaml", "server:\n  drainSecnds: 3\nevents:\n  streams:\n    perNode: 5\n");
        var environment = new Dictionary<string, string> { ["SWITCHYARD_JOBS__CONCURENCY"] = "3", ["SWITCHYARD_KEY"] = "sy-of-somebody" };

        var result = await SwitchyardProgram.RunAsync(environment, "check", "--json", "--config", file, "--database", scratch.Database, "--data", scratch.Data);

        result.Code.ShouldBe(1, result.All);
        var problems = JsonDocument.Parse(result.Output).RootElement.GetProperty("problems").EnumerateArray()
            .Where(p => p.GetProperty("serious").GetBoolean()).ToDictionary(p => p.GetProperty("place").GetString()!, p => p.GetProperty("cure").GetString()!);
        problems.Keys.Order().ShouldBe(["jobs:concurency", "server:drainSecnds"]);
        problems["server:drainSecnds"].ShouldContain("server:drainSeconds");
        problems["jobs:concurency"].ShouldContain("jobs:concurrency");
    }
}
