using System.Net;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Pipeline;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Pipeline;

public sealed class ChatTests
{
    [Fact]
    public async Task A_chat_completion_passes_through_and_is_recorded()
    {
        await using var mock = await MockProviders.StartAsync();
        var price = new ModelPrice(Guid.CreateVersion7(), "USD", 3m, 15m, 0.3m, null);
        await using var gateway = await TestGateway.StartAsync(
            [TestGateway.OpenAi(mock.Address, "main", "tokens-100-20")], prices: new Dictionary<string, ModelPrice> { ["main/tokens-100-20"] = price });

        var response = await gateway.ChatAsync("main/tokens-100-20");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await TestGateway.JsonAsync(response);
        answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32().ShouldBe(100);
        response.Headers.GetValues("x-switchyard-provider").ShouldBe(["main"]);
        response.Headers.GetValues("x-switchyard-model").ShouldBe(["tokens-100-20"]);
        response.Headers.GetValues("x-switchyard-attempts").ShouldBe(["1"]);
        response.Headers.GetValues("x-switchyard-cost").ShouldBe(["0.0006"]);
        response.Headers.GetValues("x-request-id").Single().ShouldNotBeNullOrEmpty();

        var billed = mock.Bill.Calls.ShouldHaveSingleItem();
        billed.Text.ShouldContain("\"model\":\"tokens-100-20\"");
        billed.Headers["authorization"].ShouldBe("Bearer sk-planted-secret-main");
        var record = await gateway.SettledAsync();
        record.Status.ShouldBe(CallStatus.Succeeded);
        record.Tokens!.Value.Input.ShouldBe(100);
        record.Tokens!.Value.Output.ShouldBe(20);
        record.Cost!.Amount.ShouldBe(0.0006m);
        record.Attempts.ShouldHaveSingleItem().Class.ShouldBe("none");
        gateway.Journal.Open.ShouldBe(0);
    }

    [Fact]
    public async Task A_stream_passes_through_without_the_usage_chunk_nobody_asked_for()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "tokens-7-5")]);

        using var response = await gateway.ChatAsync("tokens-7-5", stream: true);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain("word1");
        text.TrimEnd().ShouldEndWith("data: [DONE]");
        text.ShouldNotContain("\"prompt_tokens\"");
        mock.Bill.Calls.Single().Text.ShouldContain("\"include_usage\":true");
        var record = await gateway.SettledAsync();
        record.Tokens!.Value.Input.ShouldBe(7);
        record.Tokens!.Value.Output.ShouldBe(5);
        record.TokensEstimated.ShouldBeFalse();
        record.TtftMs.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_reasoning_model_gets_the_cap_under_the_only_name_it_takes()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "gpt-5.4-mini", "gpt-4o")]);

        (await gateway.ChatAsync("gpt-5.4-mini")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.ChatAsync("gpt-4o")).StatusCode.ShouldBe(HttpStatusCode.OK);

        mock.Bill.Calls[0].Text.ShouldContain("\"max_completion_tokens\":100");
        mock.Bill.Calls[0].Text.ShouldNotContain("\"max_tokens\"");
        mock.Bill.Calls[1].Text.ShouldContain("\"max_tokens\":100");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_vendors_id_of_the_call_is_recorded(bool stream)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "ok", "cut-after-2")]);
        foreach (var (word, failure) in new[] { ("ok", "none"), ("cut-after-2", "cut") })
        {
            mock.Bill.Clear();
            using (var response = await gateway.ChatAsync(word, stream)) await response.Content.ReadAsStringAsync();
            await Eventually.IsTrue(() => gateway.Records() is [.., var settled] && settled.Model == word, "the call is settled");
            var attempt = gateway.Records()[^1].Attempts.ShouldHaveSingleItem();
            attempt.Class.ShouldBe(failure);
            attempt.UpstreamRequestId.ShouldBe(mock.Bill.Calls.Single().Id);
            attempt.Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_clients_beta_headers_reach_the_vendors_that_know_them_and_no_other()
    {
        await using var mock = await MockProviders.StartAsync();
        var openAi = TestGateway.OpenAi(mock.Address, "openai", "ok") with { Kind = TestGateway.Kind("openai") };
        await using var gateway = await TestGateway.StartAsync([openAi, TestGateway.Anthropic(mock.Address, "anthropic", "ok"), TestGateway.OpenAi(mock.Address, "other", "ok")]);
        gateway.Client.DefaultRequestHeaders.Add("anthropic-beta", ["context-1m", "more"]);
        gateway.Client.DefaultRequestHeaders.Add("openai-beta", "assistants=v2");

        foreach (var provider in new[] { "openai", "anthropic", "other" })
        {
            mock.Bill.Clear();
            (await gateway.ChatAsync($"{provider}/ok")).StatusCode.ShouldBe(HttpStatusCode.OK);
            var headers = mock.Bill.Calls.Single().Headers;
            headers.GetValueOrDefault("anthropic-beta")?.Replace(" ", "", StringComparison.Ordinal).ShouldBe(provider == "anthropic" ? "context-1m,more" : null);
            headers.ContainsKey("anthropic-beta").ShouldBe(provider == "anthropic");
            headers.ContainsKey("openai-beta").ShouldBe(provider == "openai");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_vendors_own_finish_reason_reaches_the_client_as_the_word_it_knows(bool stream)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "finish-sensitive", "finish-network_error", "finish-odd", "extra+finish-sensitive")]);

        var text = await ReadAsync("finish-sensitive");
        text.ShouldContain("\"finish_reason\":\"content_filter\"");
        text.ShouldNotContain("sensitive\"}");
        (await ReadAsync("finish-odd")).ShouldContain("\"finish_reason\":\"odd\"");
        (await ReadAsync("finish-network_error")).ShouldContain("network_error");
        gateway.Records()[^1].Attempts.Single().Class.ShouldBe("error-in-answer");
        (await ReadAsync("extra+finish-sensitive")).ShouldContain("kept as it is: 1.0");

        async Task<string> ReadAsync(string word)
        {
            using var response = await gateway.ChatAsync(word, stream);
            var answer = await response.Content.ReadAsStringAsync();
            await Eventually.IsTrue(() => gateway.Records().Count > 0 && gateway.Records()[^1].Model == word, "the call is settled");
            return answer;
        }
    }

    [Fact]
    public async Task A_client_that_leaves_stops_the_provider_and_is_recorded()
    {
        // The provider falls silent: nothing but the client's leaving can end its call before the idle timeout of a minute.
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "stall-after-3")]);

        using (var client = await RawClient.ChatAsync(gateway.Client.BaseAddress!, "stall-after-3", stream: true))
        {
            await client.ReadUntilAsync("data: ");
            await Eventually.IsTrue(() => mock.Bill.Calls.Single().Pieces == 3, "the provider has said what it will say");
        }

        await Eventually.IsTrue(() => mock.Bill.Calls.Single().Outcome == CallOutcome.Aborted, "the provider sees the client leave", TimeSpan.FromSeconds(30));
        var record = await gateway.SettledAsync();
        record.Status.ShouldBe(CallStatus.Aborted);
        record.ErrorCode.ShouldBe("client_left");
        record.Tokens!.Value.Output.ShouldBeGreaterThan(0);
        record.TokensEstimated.ShouldBeTrue();
    }
}
