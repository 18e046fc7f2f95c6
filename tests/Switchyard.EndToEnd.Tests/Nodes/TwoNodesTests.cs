using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.EndToEnd.Tests.Running;
using Switchyard.TestKit.Databases;
using Switchyard.TestKit.Providers;

namespace Switchyard.EndToEnd.Tests.Nodes;

/// <summary>Two servers on one database: what one is told, both soon know. The deadline leaves room for a busy machine.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private string _database = "";
    private MockProviders _mock = null!;
    private ServerProcess _first = null!;
    private ServerProcess _second = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateEmptyAsync();
        _mock = await MockProviders.StartAsync();
        var shared = new Dictionary<string, string> { ["SWITCHYARD_MASTER_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
        // Both at once on an empty database: one migrates, the other waits.
        var starting = new[] { ServerProcess.StartAsync(_database, shared), ServerProcess.StartAsync(_database, shared) };
        await Task.WhenAll(starting);
        (_first, _second) = (await starting[0], await starting[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _mock.DisposeAsync();
        await (await PostgresServer.SharedAsync()).DropAsync(_database);
    }

    [Fact]
    public async Task A_node_that_would_make_a_master_key_of_its_own_is_refused_and_leaves_none_behind()
    {
        await using var third = ServerProcess.Prepare(null, _database);
        string[] serve = ["serve", "--urls", third.Address.ToString(), "--database", _database, "--data", third.Data];

        foreach (var start in new[] { "first", "second" })
        {
            var refused = await SwitchyardProgram.RunAsync(serve);
            refused.Code.ShouldBe(1, refused.All);
            refused.Errors.ShouldContain("SWITCHYARD_MASTER_KEY", customMessage: start);
            File.Exists(Path.Combine(third.Data, "master.key")).ShouldBeFalse(start);
        }
    }

    [Fact]
    public async Task A_provider_and_a_key_made_on_one_node_serve_on_the_other_and_a_revoked_key_on_neither()
    {
        using var first = _first.AsAdmin();
        using var made = await first.PostAsJsonAsync("/admin/config/llm", new
        {
            name = "openai", kind = "openai-compatible", endpoint = _mock.OpenAi.ToString(), mode = "local", apiKey = "sk-shared", models = new[] { "ok", "stall-after-3" },
        });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        using var created = await first.PostAsJsonAsync("/api/admin/keys", new { name = "both", scopes = new[] { "client" } });
        var key = JsonDocument.Parse(await created.Content.ReadAsStringAsync()).RootElement;
        using var client = TestHttp.Client(_second.Address);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.GetProperty("secret").GetString());

        await Eventually.Pass(async () => (await CallAsync(client)).ShouldBe(200), Soon);
        _mock.Bill.For("ok").ShouldAllBe(c => c.Headers["authorization"] == "Bearer sk-shared");
        using var stream = await OpenStreamAsync(client);
        var reading = stream.Content.ReadAsStringAsync();

        (await first.DeleteAsync(new Uri($"/api/admin/keys/{key.GetProperty("id").GetGuid()}", UriKind.Relative))).IsSuccessStatusCode.ShouldBeTrue();

        await Eventually.Pass(async () => (await CallAsync(client)).ShouldBe(401), Soon);
        // The open stream of that key ends too, and the vendor is told.
        await Eventually.IsTrue(() => reading.IsCompleted, "the open stream ended", Soon);
        await Eventually.Pass(() => _mock.Bill.For("stall-after-3").Single().Outcome.ShouldBe(CallOutcome.Aborted), Soon);
    }

    [Fact]
    public async Task An_event_of_one_node_reaches_a_listener_of_the_other()
    {
        using var first = _first.AsAdmin();
        using var second = _second.AsAdmin();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/llm/stream-updates?types=broadcast.*");
        using var stream = await second.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        stream.StatusCode.ShouldBe(HttpStatusCode.OK);
        var first3 = SseReader.TakeAsync(await stream.Content.ReadAsStreamAsync(), 3);

        for (var i = 0; i < 3; i++)
        {
            using var sent = await first.PostAsJsonAsync("/api/llm/broadcast-update", new { topic = "hello", payload = new { i } });
            sent.IsSuccessStatusCode.ShouldBeTrue(await sent.Content.ReadAsStringAsync());
        }

        var events = await first3;
        events.Select(e => JsonDocument.Parse(e.Data!).RootElement.GetProperty("payload").GetProperty("i").GetInt32()).ShouldBe([0, 1, 2]);
        events.Select(e => long.Parse(e.Id, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInOrder();
    }

    private static async Task<int> CallAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync("/v1/chat/completions", new { model = "openai/ok", messages = new[] { new { role = "user", content = "Hi" } } });
        return (int)response.StatusCode;
    }

    private static Task<HttpResponseMessage> OpenStreamAsync(HttpClient client) => client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "openai/stall-after-3", stream = true, messages = new[] { new { role = "user", content = "Hi" } } }),
        },
        HttpCompletionOption.ResponseHeadersRead);
}
