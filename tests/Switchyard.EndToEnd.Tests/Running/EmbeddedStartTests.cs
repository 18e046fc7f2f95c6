using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>The first of the two commands, as a newcomer runs it: embedded database, one line, one link.</summary>
public sealed partial class EmbeddedStartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_starts_from_nothing_survives_a_kill_and_ends_with_Ctrl_C(bool unprivileged)
    {
        await using var server = await ServerProcess.StartAsync(unprivileged ? Account.Unprivileged : null, database: null);
        using var http = TestHttp.Client(server.Address);
        var token = Link().Match(server.Output).Groups["token"].Value;
        token.ShouldNotBeEmpty(server.Output);
        // PostgreSQL refuses root: whoever starts the server, its database runs as somebody else.
        (await PostgresOwnersAsync(server)).ShouldNotContain("root");

        using (var signedIn = await http.PostAsJsonAsync("/api/session/link", new { token }))
            signedIn.StatusCode.ShouldBe(HttpStatusCode.OK, await signedIn.Content.ReadAsStringAsync());
        using (var again = await http.PostAsJsonAsync("/api/session/link", new { token })) again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var admin = server.AsAdmin();
        using (var made = await admin.PostAsJsonAsync("/api/admin/keys", new { name = "kept", scopes = new[] { "client" } })) made.StatusCode.ShouldBe(HttpStatusCode.Created);

        await server.KillAsync();
        await server.StartAsync();

        (await admin.GetStringAsync(new Uri("/api/admin/keys", UriKind.Relative))).ShouldContain("\"kept\"");
        (await server.StopAsync("INT")).ShouldBe(0);
        LeftBehind(server).ShouldBeEmpty("when the server has ended, so has its database");
    }

    [Fact]
    public async Task A_start_goes_past_what_a_dead_one_left_and_refuses_beside_a_living_one()
    {
        await using var server = await ServerProcess.StartAsync(database: null);
        using var admin = server.AsAdmin();
        using (var made = await admin.PostAsJsonAsync("/api/admin/keys", new { name = "kept", scopes = new[] { "client" } })) made.StatusCode.ShouldBe(HttpStatusCode.Created);

        var second = await SwitchyardProgram.RunAsync("serve", "--port", "1", "--data", server.Data);
        second.Code.ShouldBe(1, second.All);
        second.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(server.Data);
        (await admin.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK, "the first goes on");

        // As after a power cut: both were gone at once, and the numbers they wrote down belong to others now.
        await SwitchyardProgram.SignalAsync(Postmaster(server), "KILL");
        await server.KillAsync();
        var postgres = Path.Combine(server.Data, "postgres");
        await Eventually.Pass(() => PostgresOf(server).ShouldBeEmpty(), TimeSpan.FromSeconds(60));
        File.WriteAllText(StatusFile(server), $"{Environment.ProcessId}\n{Cluster(server)}\n1700000000\n54320\n{postgres}/run\n127.0.0.1\n 1 1\nready   \n");
        File.WriteAllText(Path.Combine(postgres, "run", ".s.PGSQL.54320.lock"), $"{Environment.ProcessId}\n");
        File.WriteAllText(Path.Combine(postgres, "lock"), $"{Environment.ProcessId}\n");

        await server.StartAsync();

        (await admin.GetStringAsync(new Uri("/api/admin/keys", UriKind.Relative))).ShouldContain("\"kept\"");
        (await server.StopAsync()).ShouldBe(0);
        LeftBehind(server).ShouldBeEmpty();
    }

    /// <summary>Processes and files that would be in the way of the next start.</summary>
    private static List<string> LeftBehind(ServerProcess server) =>
    [
        .. PostgresOf(server),
        .. Directory.GetFiles(Path.Combine(server.Data, "postgres", "run")),
        .. new[] { StatusFile(server) }.Where(File.Exists),
    ];

    private static string StatusFile(ServerProcess server) => Path.Combine(Cluster(server), "postmaster.pid");

    /// <summary>Named by the major version.</summary>
    private static string Cluster(ServerProcess server) =>
        Directory.GetDirectories(Path.Combine(server.Data, "postgres")).Single(d => char.IsAsciiDigit(Path.GetFileName(d)[0]));

    private static int Postmaster(ServerProcess server) => int.Parse(File.ReadLines(StatusFile(server)).First(), CultureInfo.InvariantCulture);

    private static async Task<string> PostgresOwnersAsync(ServerProcess server)
    {
        using var list = Process.Start(new ProcessStartInfo("ps", ["-o", "user=", "-p", $"{Postmaster(server)}"]) { RedirectStandardOutput = true })!;
        return (await list.StandardOutput.ReadToEndAsync()).Trim();
    }

    private static List<string> PostgresOf(ServerProcess server)
    {
        using var list = Process.Start(new ProcessStartInfo("ps", ["-eo", "args"]) { RedirectStandardOutput = true })!;
        return [.. list.StandardOutput.ReadToEnd().Split('\n').Where(line => line.Contains(server.Data, StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"/welcome\?token=(?<token>[\w-]+)")]
    private static partial Regex Link();
}
