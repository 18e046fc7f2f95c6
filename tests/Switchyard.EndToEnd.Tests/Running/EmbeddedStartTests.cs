using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>The first of the two commands, as a newcomer runs it: embedded database, one line, one link.</summary>
public sealed partial class EmbeddedStartTests
{
    [Fact]
    public async Task It_starts_from_nothing_survives_a_kill_and_stops_cleanly()
    {
        await using var server = await ServerProcess.StartAsync(database: null);
        using var http = TestHttp.Client(server.Address);
        var token = Link().Match(server.Output).Groups["token"].Value;
        token.ShouldNotBeEmpty(server.Output);

        using (var signedIn = await http.PostAsJsonAsync("/api/session/link", new { token }))
            signedIn.StatusCode.ShouldBe(HttpStatusCode.OK, await signedIn.Content.ReadAsStringAsync());
        using (var again = await http.PostAsJsonAsync("/api/session/link", new { token })) again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var admin = server.AsAdmin();
        using (var made = await admin.PostAsJsonAsync("/api/admin/keys", new { name = "kept", scopes = new[] { "client" } })) made.StatusCode.ShouldBe(HttpStatusCode.Created);

        await server.KillAsync();
        await server.StartAsync();

        (await admin.GetStringAsync(new Uri("/api/admin/keys", UriKind.Relative))).ShouldContain("\"kept\"");
        (await server.StopAsync()).ShouldBe(0);
        await Eventually.Pass(() => PostgresOf(server).ShouldBeEmpty());
    }

    private static List<string> PostgresOf(ServerProcess server)
    {
        using var list = Process.Start(new ProcessStartInfo("ps", ["-eo", "args"]) { RedirectStandardOutput = true })!;
        return [.. list.StandardOutput.ReadToEnd().Split('\n').Where(line => line.Contains(server.Data, StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"/welcome\?token=(?<token>[\w-]+)")]
    private static partial Regex Link();
}
