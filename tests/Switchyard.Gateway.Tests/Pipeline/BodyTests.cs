using System.Net;
using System.Text;
using Switchyard.Gateway.Pipeline;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Pipeline;

public sealed class BodyTests
{
    [Theory]
    [InlineData("{", "invalid_json")]
    [InlineData("[]", "json_object_expected")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "field_required")]
    [InlineData("{\"model\":\"ok\"}", "field_required")]
    [InlineData("{\"model\":7,\"messages\":[{}]}", "invalid_type")]
    [InlineData("{\"model\":\"a\",\"model\":\"ok\",\"messages\":[{}]}", "duplicate_field")]
    public async Task A_body_that_is_wrong_is_refused_in_the_dialect_and_never_sent(string body, string code)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "ok")]);
        foreach (var path in new[] { "/v1/chat/completions", "/v1/messages" })
        {
            var response = await gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await response.Content.ReadAsStringAsync()).ShouldContain(path == "/v1/messages" ? "\"type\":\"error\"" : code);
        }

        mock.Bill.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_with_413()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "ok")], new Dictionary<string, string?> { ["gateway:maxRequestBytes"] = "2048" });
        var response = await gateway.Client.PostAsync("/v1/chat/completions", new StringContent(new string(' ', 4000), Encoding.UTF8, "application/json"));
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        mock.Bill.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("my-id_1.2", true)]
    [InlineData("bad id\u0001", false)]
    public async Task A_harmless_request_id_is_kept_and_another_replaced(string given, bool kept)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "ok")]);
        const string body = """{"model":"ok","messages":[{"role":"user","content":"hi"}]}""";
        using var client = await RawClient.SendAsync(gateway.Client.BaseAddress!, $"POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nx-request-id: {given}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var answer = await client.ReadUntilAsync("\r\n\r\n");
        if (kept) answer.ShouldContain($"x-request-id: {given}");
        else answer.ShouldNotContain(given);
    }

    [Fact]
    public async Task No_call_is_made_that_cannot_be_recorded()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "ok")], new Dictionary<string, string?> { ["gateway:journal:segmentBytes"] = "65536" });
        // What a full disk does: no further segment can be made.
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 400 && !statuses.Contains(HttpStatusCode.ServiceUnavailable); i++)
        {
            Occupy(gateway.JournalDirectory);
            statuses.Add((await gateway.ChatAsync("ok")).StatusCode);
        }

        statuses[^1].ShouldBe(HttpStatusCode.ServiceUnavailable);
        mock.Bill.Calls.Count.ShouldBe(statuses.Count(s => s == HttpStatusCode.OK));
        gateway.Records().Count(r => r.Status == CallStatus.Succeeded).ShouldBe(mock.Bill.Calls.Count);
        foreach (var blocked in Directory.GetDirectories(gateway.JournalDirectory)) Directory.Delete(blocked);
        await Eventually.IsTrue(async () => (await gateway.ChatAsync("ok")).StatusCode == HttpStatusCode.OK, "calls work again once there is room");
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/messages")]
    public async Task Every_client_dialect_reaches_every_provider_dialect(string path)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            [TestGateway.OpenAi(mock.Address, "openai", "tokens-9-4"), TestGateway.Anthropic(mock.Address, "anthropic", "tokens-9-4"), TestGateway.Ollama(mock.Address, "ollama", "tokens-9-4")]);
        foreach (var provider in new[] { "openai", "anthropic", "ollama" })
        {
            foreach (var stream in new[] { false, true })
            {
                using var response = await gateway.ChatAsync($"{provider}/tokens-9-4", stream, path);
                var text = await response.Content.ReadAsStringAsync();
                response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
                text.ShouldContain("word4");
            }
        }

        var records = gateway.Records();
        records.Count.ShouldBe(6);
        records.ShouldAllBe(r => r.Status == CallStatus.Succeeded && r.Tokens!.Value.Input == 9 && r.Tokens!.Value.Output == 4);
    }

    [Fact]
    public async Task Embeddings_pass_through_and_are_counted()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.Anthropic(mock.Address, "anthropic", "embed"), TestGateway.OpenAi(mock.Address, "main", "embed")]);
        var response = await gateway.Client.PostAsync("/v1/embeddings", new StringContent("""{"model":"embed","input":["a","b"]}""", Encoding.UTF8, "application/json"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TestGateway.JsonAsync(response)).GetProperty("data").GetArrayLength().ShouldBe(2);
        response.Headers.GetValues("x-switchyard-provider").ShouldBe(["main"]);
        (await gateway.SettledAsync()).Tokens!.Value.Input.ShouldBe(6);
    }

    private static void Occupy(string directory)
    {
        var last = Directory.GetFiles(directory, "*.journal").Select(f => long.Parse(Path.GetFileNameWithoutExtension(f), System.Globalization.CultureInfo.InvariantCulture)).Max();
        for (var number = last + 1; number <= last + 2; number++) Directory.CreateDirectory(Path.Combine(directory, $"{number:D12}.journal"));
    }
}
