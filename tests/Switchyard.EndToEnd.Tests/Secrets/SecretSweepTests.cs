using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Npgsql;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Secrets;

/// <summary>P24: secrets are planted wherever one may come in, then looked for wherever something comes out.</summary>
public sealed class SecretSweepTests(TracedGateway gateway) : IClassFixture<TracedGateway>
{
    private const string Password = "correct-horse-Battery-7c1e9a";
    private const string Prompt = "planted prompt: my card is 4111 1111 1111 1111, mail kim@planted.example";
    private const string QueryKey = "sy-PLANTEDinQUERYxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    [Fact]
    public async Task P24_no_secret_of_any_kind_that_came_in_by_any_door_comes_out_anywhere()
    {
        var doors = new Doors(gateway);
        var planted = Doors.Any.Sample(200).DistinctBy(p => p.Secret).ToList();
        var places = new Dictionary<string, string>();
        foreach (var (i, one) in planted.Index()) places[$"answer {i} to {one.Door} ({one.Model}, {one.Path})"] = await doors.PlantAsync(one);
        await Eventually.IsTrue(() => gateway.Exported.Contains("error.type", StringComparison.Ordinal), "the spans of failed calls are exported", TimeSpan.FromSeconds(30));
        await Eventually.Pass(async () => (await UsageRecord.ReadAllAsync(gateway)).Count.ShouldBeGreaterThanOrEqualTo(planted.Count(p => p.Door == "prompt")));

        foreach (var (place, text) in await SinksAsync()) places[place] = text;

        places["table gateway.usage"].Contains("I cannot work with", StringComparison.Ordinal).ShouldBeTrue("the sweep must see what vendors said");
        places["doctor"].ShouldContain("migrations");
        var found = places.SelectMany(place => planted.Where(p => place.Value.Contains(p.Secret, StringComparison.Ordinal)).Select(p => $"'{p.Text}' through {p.Door} in {place.Key}"));
        found.Take(20).ShouldBeEmpty();
    }

    [Fact]
    public async Task P24_no_planted_secret_comes_out_of_logs_metrics_errors_documents_events_files_or_the_database()
    {
        var session = await PlantAsync();
        string[] secrets =
            [RunningGateway.VendorKey, gateway.ClientKey, ServerProcess.AdminToken, Password, QueryKey, session, "4111 1111 1111 1111", "kim@planted.example", "planted prompt"];
        await Eventually.Pass(async () => (await UsageRecord.ReadAllAsync(gateway)).Count.ShouldBeGreaterThanOrEqualTo(4));

        var places = await SinksAsync();
        places.Count.ShouldBeGreaterThan(40);
        places["table gateway.usage"].ShouldContain("tokens", customMessage: "the sweep must see what was recorded");
        var found = places.SelectMany(place => secrets.Where(secret => place.Value.Contains(secret, StringComparison.Ordinal)).Select(secret => $"'{secret}' in {place.Key}"));
        found.ShouldBeEmpty();
    }

    /// <summary>Everything that the product writes or says anywhere, by place.</summary>
    private async Task<Dictionary<string, string>> SinksAsync()
    {
        var places = new Dictionary<string, string> { ["log"] = gateway.Server.Output, ["command line"] = await CommandLineAsync(), ["traces"] = gateway.Exported };
        foreach (var verb in new[] { "doctor", "check" })
            places[verb] = (await SwitchyardProgram.RunAsync(verb, "--json", "--database", gateway.Database, "--data", gateway.Server.Data)).All;
        await foreach (var (address, text) in AnswersAsync()) places[address] = text;
        await foreach (var (table, text) in TablesAsync()) places[table] = text;
        foreach (var (file, text) in Files()) places[file] = text;
        return places;
    }

    /// <summary>Uses every door through which a secret may come in; returns a session's token.</summary>
    private async Task<string> PlantAsync()
    {
        await gateway.SendAsync(HttpMethod.Post, "/api/admin/users", new { name = "planted", password = Password, roles = new[] { "admin" } });
        using var http = TestHttp.Client(gateway.Server.Address);
        using var signIn = await http.PostAsJsonAsync("/api/session", new { name = "planted", password = Password });
        var session = signIn.Headers.GetValues("Set-Cookie").First().Split(';')[0].Split('=', 2)[1];
        foreach (var wrong in new[] { Password + "!", RunningGateway.VendorKey })
            (await http.PostAsJsonAsync("/api/session", new { name = "planted", password = wrong })).Dispose();
        (await http.GetAsync(new Uri($"/api/admin/keys?api_key={QueryKey}&token={session}", UriKind.Relative))).Dispose();

        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.ClientKey);
        foreach (var model in new[] { "openai/echo", "openai/401", "anthropic/401", "openai/500", "no-such-model" })
        {
            using var answer = await http.PostAsJsonAsync("/v1/chat/completions", new { model, messages = new[] { new { role = "user", content = Prompt } } });
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain(RunningGateway.VendorKey);
        }

        using var broken = new StringContent($$"""{"model": "{{QueryKey}}", "messages": [{"content": "{{Prompt}}" """, Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), broken)).Dispose();

        // A provider that refuses our key and quotes it, tested and changed.
        var refusing = await gateway.AddProviderAsync("refusing", "openai-compatible", new Uri(gateway.Mock.Address, "/v1"));
        (await gateway.Admin.PostAsJsonAsync($"/admin/config/llm/{refusing}/test", new { })).Dispose();
        using var unknown = await gateway.Admin.PostAsJsonAsync("/admin/config/llm", new { name = "x", kind = "openai", apiKey = RunningGateway.VendorKey, secretOfMine = RunningGateway.VendorKey });
        (await unknown.Content.ReadAsStringAsync()).ShouldNotContain(RunningGateway.VendorKey);
        return session;
    }

    private async Task<string> CommandLineAsync() => await File.ReadAllTextAsync($"/proc/{gateway.Server.Id}/cmdline");

    /// <summary>What every address without parameters answers to the operator, and the event stream from its beginning.</summary>
    private async IAsyncEnumerable<(string Address, string Text)> AnswersAsync()
    {
        var document = await gateway.Admin.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        yield return ("/openapi/v1.json", document);
        yield return ("/metrics", await gateway.Admin.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
        foreach (var path in JsonDocument.Parse(document).RootElement.GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("get", out _) || path.Name.Contains('{', StringComparison.Ordinal) || path.Name.Contains("stream", StringComparison.Ordinal)) continue;
            yield return ($"GET {path.Name}", await (await gateway.Admin.GetAsync(new Uri(path.Name, UriKind.Relative))).Content.ReadAsStringAsync());
        }

        foreach (var record in (await UsageRecord.ReadAllAsync(gateway)).Take(300))
            yield return ($"request {record.Id}", await gateway.Admin.GetStringAsync(new Uri($"/api/v1/llm/requests/{record.Id}", UriKind.Relative)));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/llm/stream-updates?lastEventId=0");
        using var stream = await gateway.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var events = await SseReader.TakeAsync(await stream.Content.ReadAsStreamAsync(), 8);
        yield return ("events", string.Join('\n', events.Select(e => e.Data)));
    }

    /// <summary>Every row of every table as text.</summary>
    private async IAsyncEnumerable<(string Table, string Text)> TablesAsync()
    {
        await using var source = NpgsqlDataSource.Create(gateway.Database);
        var tables = new List<string>();
        await using (var command = source.CreateCommand("select schemaname || '.' || tablename from pg_tables where schemaname in ('platform', 'gateway', 'public')"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));

        foreach (var table in tables)
        {
            await using var command = source.CreateCommand($"select coalesce(string_agg(to_jsonb(t)::text, E'\\n'), '') from {table} t");
            yield return ($"table {table}", (string)(await command.ExecuteScalarAsync())!);
        }
    }

    /// <summary>What lies in the data directory: journal, snapshot, whatever else. Keys have files of their own.</summary>
    private IEnumerable<(string File, string Text)> Files() =>
        Directory.EnumerateFiles(gateway.Server.Data, "*", SearchOption.AllDirectories)
            .Select(file => (file, Encoding.Latin1.GetString(ReadShared(file))));

    private static byte[] ReadShared(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException)
        {
            // The journal's lock file is held by the server and holds nothing.
            return [];
        }
    }
}
