using System.Net;
using Switchyard.Gateway.Pipeline;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Pipeline;

public sealed class StreamFaultTests
{
    private static readonly Dictionary<string, string?> Impatient = new() { ["gateway:idleTimeout"] = "00:00:00.300", ["gateway:firstTokenTimeout"] = "00:00:00.500" };

    [Theory]
    [InlineData("cut-after-2", "cut")]
    [InlineData("rst-after-2", "cut")]
    [InlineData("stall-after-2", "timeout")]
    [InlineData("error-after-2", "error-in-answer")]
    [InlineData("no-done", "cut")]
    [InlineData("malformed-sse", "malformed")]
    public async Task A_broken_stream_ends_with_an_error_event_and_never_as_if_finished(string word, string failure)
    {
        await using var mock = await MockProviders.StartAsync();
        foreach (var (path, provider) in Pairs(mock.Address, word))
        {
            await using var gateway = await TestGateway.StartAsync([provider], Impatient);

            using var response = await gateway.ChatAsync(word, stream: true, path);

            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            var events = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), int.MaxValue);
            events[^1].Data!.ShouldContain("\"error\"", Case.Sensitive, $"{path} to {provider.Kind.Id}");
            events.ShouldNotContain(e => e.Data == "[DONE]" || e.Event == "message_stop");
            var record = await gateway.SettledAsync();
            record.Status.ShouldBe(CallStatus.Failed);
            record.Attempts.Single().Class.ShouldBe(failure, $"{path} to {provider.Kind.Id}");
        }
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("unicode")]
    [InlineData("split-utf8")]
    [InlineData("crlf")]
    [InlineData("comments")]
    [InlineData("multi-line")]
    [InlineData("extra")]
    public async Task A_strange_but_whole_stream_arrives_whole(string word)
    {
        await using var mock = await MockProviders.StartAsync();
        foreach (var (path, provider) in Pairs(mock.Address, word))
        {
            await using var gateway = await TestGateway.StartAsync([provider]);
            using var response = await gateway.ChatAsync(word, stream: true, path);
            var events = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), int.MaxValue);
            (events[^1].Data == "[DONE]" || events[^1].Event == "message_stop").ShouldBeTrue($"{path} to {provider.Kind.Id}: {events[^1].Data}");
            (await gateway.SettledAsync()).Status.ShouldBe(CallStatus.Succeeded);
        }
    }

    [Theory]
    [InlineData("cut-after-0", "cut")]
    [InlineData("rst-after-0", "cut")]
    [InlineData("stall-after-0", "timeout")]
    [InlineData("error-after-0", "error-in-answer")]
    public async Task A_stream_that_breaks_before_the_model_said_anything_is_taken_over_by_the_next_provider(string word, string failure)
    {
        await using var mock = await MockProviders.StartAsync();
        foreach (var (path, provider) in Pairs(mock.Address, word))
        {
            var spare = TestGateway.OpenAi(mock.Address, "spare", "tokens-5-3");
            await using var gateway = await TestGateway.StartAsync([provider, spare], Impatient);

            using var response = await gateway.ChatAsync("default", stream: true, path);

            var what = $"{path} from {provider.Kind.Id}";
            response.Headers.GetValues("x-switchyard-provider").ShouldBe(["spare"], what);
            response.Headers.GetValues("x-switchyard-attempts").ShouldBe(["2"], what);
            var events = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), int.MaxValue);
            events.Count(e => e.Data!.Contains("\"role\":\"assistant\"", StringComparison.Ordinal)).ShouldBe(1, what);
            string.Concat(events.Select(e => e.Data)).ShouldContain("word3", Case.Sensitive, what);
            (events[^1].Data == "[DONE]" || events[^1].Event == "message_stop").ShouldBeTrue(what);
            var record = await gateway.SettledAsync();
            record.Status.ShouldBe(CallStatus.Succeeded);
            record.Attempts.Select(a => a.Class).ShouldBe([failure, "none"], what);
        }
    }

    [Fact]
    public async Task Signs_of_life_are_held_back_for_a_while_and_then_reach_the_client()
    {
        var time = new VirtualClock();
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "pings")], time: time);
        using var client = await RawClient.ChatAsync(gateway.Client.BaseAddress!, "pings", stream: true);
        await Eventually.IsTrue(() => mock.Bill.Calls is [{ Status: 200 }], "the provider's answer has begun");

        // A step at a time, since the answer may begin here a moment after it began there.
        await Eventually.IsTrue(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return client.HasAnswer;
            },
            "the client hears that the provider lives");

        (await client.ReadUntilAsync("still here")).ShouldContain("200 OK");
    }

    [Theory]
    [InlineData("silent", 504)]
    [InlineData("error-in-200", 502)]
    [InlineData("html-200", 502)]
    [InlineData("empty", 502)]
    [InlineData("429", 429)]
    [InlineData("503", 503)]
    public async Task A_stream_that_never_began_is_a_plain_error(string word, int status)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", word)], Impatient);

        using var response = await gateway.ChatAsync(word, stream: true);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task An_event_beyond_the_limit_ends_the_stream_with_an_error()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "huge-line")]);
        using var response = await gateway.ChatAsync("huge-line", stream: true);
        var events = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), int.MaxValue);
        events[^1].Data!.ShouldContain("event_too_large");
        (await gateway.SettledAsync()).Attempts.Single().Class.ShouldBe("malformed");
    }

    [Fact]
    public async Task Absurd_usage_is_not_believed()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "absurd-usage")]);
        (await gateway.ChatAsync("absurd-usage")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var tokens = (await gateway.SettledAsync()).Tokens;
        if (tokens is { } t) (t.Input >= 0 && t.Output is >= 0 and < 100_000_001).ShouldBeTrue();
    }

    [Fact]
    public async Task A_vendors_refusal_keeps_its_status_and_words()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "400"), TestGateway.OpenAi(mock.Address, "spare", "400")]);

        using var response = await gateway.ChatAsync("400");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        mock.Bill.Calls.Count.ShouldBe(1, "another provider would refuse it too");
    }

    [Fact]
    public async Task Chunks_arrive_one_by_one()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "tokens-5-6+pace-60ms")]);
        using var client = await RawClient.ChatAsync(gateway.Client.BaseAddress!, "tokens-5-6+pace-60ms", stream: true);

        (await client.ReadUntilAsync("word1")).ShouldNotContain("word3");
        (await client.ReadUntilAsync("word3")).ShouldNotContain("word5");
    }

    private static IEnumerable<(string Path, Switchyard.Gateway.Providers.Provider Provider)> Pairs(Uri address, string word)
    {
        foreach (var path in new[] { "/v1/chat/completions", "/v1/messages" })
        {
            yield return (path, TestGateway.OpenAi(address, "main", word));
            yield return (path, TestGateway.Anthropic(address, "main", word));
            // NDJSON knows neither of these disguises.
            if (word is not ("crlf" or "comments" or "multi-line" or "split-utf8")) yield return (path, TestGateway.Ollama(address, "main", word));
        }
    }
}
