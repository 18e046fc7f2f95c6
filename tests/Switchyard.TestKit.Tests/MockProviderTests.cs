using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Switchyard.TestKit.Providers;

namespace Switchyard.TestKit.Tests;

public sealed class MockProviderTests : IAsyncLifetime
{
    private MockProviders _mock = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _mock = await MockProviders.StartAsync();
        _http = TestHttp.Client(_mock.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _mock.DisposeAsync();
    }

    [Fact]
    public async Task A_complete_answer_is_billed_with_its_tokens_headers_and_body()
    {
        using var response = await PostAsync("/v1/chat/completions", Chat("tokens-100-20"), ("Authorization", "Bearer secret"));

        var usage = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("usage");
        usage.GetProperty("prompt_tokens").GetInt32().ShouldBe(100);
        usage.GetProperty("completion_tokens").GetInt32().ShouldBe(20);
        var call = _mock.Bill.Calls.ShouldHaveSingleItem();
        call.Outcome.ShouldBe(CallOutcome.Completed);
        call.Usage.ShouldBe(new MockUsage(100, 20));
        call.Headers["authorization"].ShouldBe("Bearer secret");
        call.Text.ShouldBe(Chat("tokens-100-20"));
        response.Headers.GetValues("x-request-id").ShouldBe([call.Id]);
    }

    [Fact]
    public async Task Every_dialect_streams_the_same_text_to_its_own_end_mark()
    {
        var openAi = await EventsAsync("/v1/chat/completions", Chat("ok", stream: true));
        openAi[^1].Data.ShouldBe("[DONE]");
        var anthropic = await EventsAsync("/v1/messages", Chat("ok", stream: true));
        anthropic[0].Event.ShouldBe("message_start");
        anthropic[^1].Event.ShouldBe("message_stop");
        using var ollama = await PostAsync("/api/chat", Chat("ok"));
        var lines = (await ollama.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[^1].ShouldContain("\"done\":true");

        var expected = "Hello from the mock provider.";
        string.Concat(openAi.SkipLast(1).Select(e => Path(e.Data!, "choices", 0, "delta", "content"))).ShouldBe(expected);
        string.Concat(anthropic.Where(e => e.Event == "content_block_delta").Select(e => Path(e.Data!, "delta", "text"))).ShouldBe(expected);
        string.Concat(lines.Select(l => Path(l, "message", "content"))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("crlf")]
    [InlineData("comments")]
    [InlineData("multi-line")]
    [InlineData("split-utf8")]
    public async Task Odd_but_lawful_framing_means_the_same(string habit)
    {
        var plain = await EventsAsync("/v1/chat/completions", Chat("unicode", stream: true));
        var odd = await EventsAsync("/v1/chat/completions", Chat("unicode+" + habit, stream: true));

        Texts(odd).ShouldBe(Texts(plain));
        static List<string?> Texts(IEnumerable<SseMessage> events) =>
            [.. events.Where(e => e.Data != "[DONE]").Select(e => Path(e.Data!, "choices", 0, "delta", "content"))];
    }

    [Theory]
    [InlineData("cut-after-3", HttpRequestError.ResponseEnded)]
    [InlineData("rst-after-2", null)]
    public async Task A_cut_stream_breaks_after_the_pieces_it_promised(string model, HttpRequestError? error)
    {
        using var response = await PostAsync("/v1/chat/completions", Chat(model, stream: true));
        var (seen, fault) = await ReadBrokenAsync(response);

        seen.Split("data: ").Length.ShouldBe(1 + 1 + int.Parse(model[^1..], System.Globalization.CultureInfo.InvariantCulture));
        if (error is { } expected) fault.ShouldBeOfType<HttpIOException>().HttpRequestError.ShouldBe(expected);
        await Eventually.Pass(() => _mock.Bill.Calls.ShouldHaveSingleItem().Outcome.ShouldBe(CallOutcome.Faulted));
    }

    [Fact]
    public async Task A_caller_who_leaves_is_billed_as_aborted_with_the_time()
    {
        using var leave = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = Body(Chat("stall-after-2", stream: true)) };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        await Eventually.IsTrue(() => _mock.Bill.Calls is [{ Pieces: 2 }], "two pieces were sent");
        await leave.CancelAsync();
        response.Dispose();

        await Eventually.Pass(() => _mock.Bill.Calls.Single().Outcome.ShouldBe(CallOutcome.Aborted));
        var call = _mock.Bill.Calls.Single();
        call.EndedAt.ShouldNotBeNull();
        call.Usage.Output.ShouldBe(2);
    }

    [Theory]
    [InlineData("429-retry-after-2", 429)]
    [InlineData("401", 401)]
    [InlineData("html-200", 200)]
    [InlineData("empty", 200)]
    [InlineData("error-in-200", 200)]
    [InlineData("redirect", 302)]
    public async Task Refusals_have_the_status_that_their_name_says(string model, int status)
    {
        using var response = await PostAsync("/v1/chat/completions", Chat(model));

        ((int)response.StatusCode).ShouldBe(status);
        if (model.Contains("retry", StringComparison.Ordinal)) response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_flaky_model_fails_as_often_as_it_says_and_then_answers()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await PostAsync("/v1/chat/completions", Chat("flaky-2"));
            statuses.Add(response.StatusCode);
        }

        statuses.ShouldBe([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK]);
    }

    [Fact]
    public async Task The_bill_can_be_read_and_cleared_over_http()
    {
        (await PostAsync("/v1/embeddings", """{"model":"text-embedding","input":["a","b"]}""")).Dispose();

        var bill = await _http.GetFromJsonAsync<JsonElement>("/mock/bill");
        bill.GetProperty("total").GetProperty("input").GetInt32().ShouldBe(6);
        bill.GetProperty("calls")[0].GetProperty("outcome").GetString().ShouldBe("Completed");
        (await _http.DeleteAsync("/mock/bill")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _mock.Bill.Calls.ShouldBeEmpty();
    }

    private static string Chat(string model, bool stream = false) => JsonSerializer.Serialize(
        stream
            ? new { model, messages = new[] { new { role = "user", content = "Hi" } }, stream }
            : (object)new { model, messages = new[] { new { role = "user", content = "Hi" } } });

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    private async Task<HttpResponseMessage> PostAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Body(json) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<IReadOnlyList<SseMessage>> EventsAsync(string path, string json)
    {
        using var response = await PostAsync(path, json);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), int.MaxValue);
    }

    private static async Task<(string Seen, Exception? Fault)> ReadBrokenAsync(HttpResponseMessage response)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        await using var body = await response.Content.ReadAsStreamAsync();
        try
        {
            while (await body.ReadAsync(buffer) is > 0 and var read) seen.Append(Encoding.UTF8.GetString(buffer, 0, read));
            return (seen.ToString(), null);
        }
        catch (IOException fault)
        {
            return (seen.ToString(), fault);
        }
    }

    private static string? Path(string json, params object[] steps)
    {
        var at = JsonDocument.Parse(json).RootElement;
        foreach (var step in steps)
        {
            if (step is int index)
            {
                if (at.GetArrayLength() <= index) return null;
                at = at[index];
            }
            else if (!at.TryGetProperty((string)step, out at))
            {
                return null;
            }
        }

        return at.ToString();
    }
}
