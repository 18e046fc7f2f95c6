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

    [Fact]
    public async Task A_client_that_leaves_stops_the_provider_within_a_second_and_is_recorded()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "tokens-7-500+pace-20ms")]);

        using (var client = await RawClient.ChatAsync(gateway.Client.BaseAddress!, "tokens-7-500+pace-20ms", stream: true))
        {
            await client.ReadUntilAsync("word3");
        }

        await Eventually.IsTrue(() => mock.Bill.Calls.Single().Outcome == CallOutcome.Aborted, "the provider sees the client leave", TimeSpan.FromSeconds(1));
        var record = await gateway.SettledAsync();
        record.Status.ShouldBe(CallStatus.Aborted);
        record.Tokens!.Value.Output.ShouldBeGreaterThan(0);
        record.TokensEstimated.ShouldBeTrue();
    }
}
