using System.Text.Json;
using Microsoft.Extensions.AI;
using Switchyard.Contracts.Models;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.InProcess;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Tests.Pipeline;
using Switchyard.Platform.Access;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.InProcess;

public sealed class GatewayChatClientTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "Say hello")];

    [Theory]
    [InlineData("openai-compatible")]
    [InlineData("anthropic")]
    [InlineData("ollama")]
    public async Task A_whole_answer_and_a_stream_say_the_same_over_every_dialect(string kind)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, kind, "tokens-9-30");
        var client = gateway.Get<IChatClient>();

        var whole = await client.GetResponseAsync(Hello, new ChatOptions { ModelId = "tokens-9-30" });
        var streamed = await client.GetStreamingResponseAsync(Hello, new ChatOptions { ModelId = "tokens-9-30" }).ToChatResponseAsync();

        whole.Text.ShouldStartWith("word1 word2");
        foreach (var response in new[] { whole, streamed })
        {
            response.Text.ShouldBe(whole.Text);
            response.FinishReason.ShouldBe(ChatFinishReason.Stop);
            response.ModelId.ShouldBe("tokens-9-30");
            (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount).ShouldBe((9, 30));
            response.AdditionalProperties![ModelCall.Provider].ShouldBe("main");
            response.AdditionalProperties[ModelCall.Cost].ShouldBe(0.000177m);
            response.AdditionalProperties[ModelCall.Currency].ShouldBe("EUR");
        }

        gateway.Records().Count.ShouldBe(2);
        gateway.Records().ShouldAllBe(record => record.Tokens!.Value.Output == 30 && record.Status == CallStatus.Succeeded);
    }

    [Fact]
    public async Task The_simulator_answers_without_a_network_and_is_the_default_when_it_is_active()
    {
        var simulator = TestGateway.OpenAi(new Uri("http://simulator.invalid"), "sim", "sim-echo") with { Kind = TestGateway.Kind("simulator"), ApiKey = null };
        await using var gateway = await TestGateway.StartAsync([simulator]);
        var client = gateway.Get<IChatClient>();
        (await client.GetResponseAsync("a word from 上海 😀")).Text.ShouldContain("a word from 上海 😀");
        (await client.GetStreamingResponseAsync("a word from 上海 😀").ToChatResponseAsync()).Text.ShouldContain("a word from 上海 😀");
    }

    [Theory]
    [InlineData("openai-compatible")]
    [InlineData("anthropic")]
    [InlineData("ollama")]
    public async Task Tools_are_called_and_their_results_go_back(string kind)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, kind, "parallel-tools");
        var client = gateway.Get<IChatClient>();
        var options = new ChatOptions
        {
            ModelId = "parallel-tools",
            ToolMode = ChatToolMode.Auto,
            Tools = [AIFunctionFactory.Create((string city) => "sunny in " + city, "weather", "Tells the weather."), AIFunctionFactory.Create((int n) => n, "count")],
        };

        var asked = await client.GetResponseAsync(Hello, options);
        asked.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var streamed = await client.GetStreamingResponseAsync(Hello, options).ToChatResponseAsync();
        foreach (var response in new[] { asked, streamed })
        {
            var calls = response.Messages.Single().Contents.OfType<FunctionCallContent>().ToList();
            calls.Select(call => call.Name).ShouldBe(["weather", "count"]);
            calls[0].Arguments!["city"].ShouldBeOfType<JsonElement>().GetString().ShouldBe("mock");
        }

        var results = asked.Messages.Single().Contents.OfType<FunctionCallContent>().Select(call => (AIContent)new FunctionResultContent(call.CallId, "result of " + call.Name)).ToList();
        var answer = await client.GetResponseAsync([.. Hello, asked.Messages.Single(), new ChatMessage(ChatRole.Tool, results)], options);
        answer.Text.ShouldContain("The tool said");
        mock.Bill.Calls[^1].Text.ShouldContain("result of weather");
        mock.Bill.Calls[^1].Text.ShouldContain("result of count");
    }

    [Fact]
    public async Task Everything_in_the_options_reaches_the_provider()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, "openai-compatible", "ok");
        var options = new ChatOptions
        {
            ModelId = "ok",
            Instructions = "Be brief.",
            Temperature = 0.7f,
            TopP = 0.9f,
            TopK = 40,
            MaxOutputTokens = 77,
            Seed = 5,
            FrequencyPenalty = 0.1f,
            PresencePenalty = -0.1f,
            StopSequences = ["END"],
            AllowMultipleToolCalls = false,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""").RootElement, "shape", "why"),
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low },
            ToolMode = ChatToolMode.RequireSpecific("f"),
            Tools = [AIFunctionFactory.Create((string q) => q, "f", "d")],
            AdditionalProperties = new AdditionalPropertiesDictionary { ["logit_bias"] = new Dictionary<string, int> { ["1"] = 2 }, [ModelCall.User] = "anna", [ModelCall.Feature] = "deals.extraction", [ModelCall.TaskType] = TaskTypes.FactExtraction, [ModelCall.Deal] = new Guid("00000000-0000-7000-8000-0000000000dd") },
        };

        await gateway.Get<IChatClient>().GetResponseAsync([new ChatMessage(ChatRole.User, [new TextContent("look"), new DataContent("QUJD"u8.ToArray(), "image/png"), new UriContent("https://e.org/a.jpg", "image/jpeg")])], options);

        var body = mock.Bill.Calls.Single().Text;
        foreach (var expected in new[]
        {
            """{"role":"system","content":"Be brief."}""", "\"temperature\":0.7,", "\"top_p\":0.9,", "\"top_k\":40,", "\"max_tokens\":77,", "\"seed\":5,", "\"frequency_penalty\":0.1,", "\"presence_penalty\":-0.1",
            "\"stop\":[\"END\"]", "\"parallel_tool_calls\":false", "\"json_schema\":{\"name\":\"shape\",\"description\":\"why\"", "\"reasoning_effort\":\"low\"", "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
            "\"user\":\"anna\"", "\"logit_bias\":{\"1\":2}", "data:image/png;base64,UVVKRA==", "https://e.org/a.jpg",
        }) body.ShouldContain(expected);
        body.ShouldNotContain("switchyard.");
        var record = await gateway.SettledAsync();
        (record.User, record.Feature, record.TaskType, record.Deal, record.Endpoint, record.TenantId)
            .ShouldBe(("anna", "deals.extraction", "fact-extraction", new Guid("00000000-0000-7000-8000-0000000000dd"), "in-process/chat", Tenants.Default));
    }

    [Fact]
    public async Task The_output_cap_has_the_name_that_the_likely_model_understands()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, "openai-compatible", "gpt-5.1");
        await gateway.Get<IChatClient>().GetResponseAsync(Hello, new ChatOptions { MaxOutputTokens = 9 });
        mock.Bill.Calls.Single().Text.ShouldContain("\"max_completion_tokens\":9");
        mock.Bill.Calls.Single().Text.ShouldContain("\"model\":\"gpt-5.1\"");
    }

    [Theory]
    [InlineData("500", "all_providers_failed", 502)]
    [InlineData("429", "providers_busy", 429)]
    [InlineData("400", "provider_rejected", 400)]
    [InlineData("error-in-200", "all_providers_failed", 502)]
    public async Task A_failure_is_a_typed_exception_with_the_attempts(string model, string code, int status)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, "openai-compatible", model);
        var client = gateway.Get<IChatClient>();
        var whole = await Should.ThrowAsync<ModelCallException>(() => client.GetResponseAsync(Hello, new ChatOptions { ModelId = model }));
        var streamed = await Should.ThrowAsync<ModelCallException>(() => client.GetStreamingResponseAsync(Hello, new ChatOptions { ModelId = model }).ToChatResponseAsync());
        foreach (var failure in new[] { whole, streamed })
        {
            (failure.Code, failure.Status).ShouldBe((code, status));
            failure.Message.ShouldNotContain("errors.");
            ((GatewayCallException)failure).Problem.Extensions.Keys.ShouldContain("attempts");
            gateway.Records().ShouldContain(record => record.RequestId == failure.RequestId && record.ErrorCode == code);
        }
    }

    [Theory]
    [InlineData("cut-after-3")]
    [InlineData("error-after-3")]
    [InlineData("malformed-sse")]
    [InlineData("no-done")]
    public async Task A_stream_that_breaks_gives_its_beginning_and_then_the_failure(string model)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, "openai-compatible", model);
        var text = "";
        var failure = await Should.ThrowAsync<ModelCallException>(async () =>
        {
            await foreach (var update in gateway.Get<IChatClient>().GetStreamingResponseAsync(Hello, new ChatOptions { ModelId = model })) text += update.Text;
        });
        failure.Code.ShouldBe("stream_broken");
        text.ShouldStartWith("Hello");
    }

    [Fact]
    public async Task A_reader_that_stops_early_stops_the_provider_and_is_recorded()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, "openai-compatible", "tokens-7-500+pace-20ms");
        await foreach (var update in gateway.Get<IChatClient>().GetStreamingResponseAsync(Hello, new ChatOptions { ModelId = "tokens-7-500+pace-20ms" }))
            if (update.Text.Length > 0) break;

        gateway.Records().Single().Status.ShouldBe(CallStatus.Aborted);
        await Eventually.IsTrue(() => mock.Bill.Calls.Single().Outcome == CallOutcome.Aborted, "the provider sees the reader leave", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_cancelled_call_throws_cancellation_and_not_a_failure()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, "openai-compatible", "silent");
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var client = gateway.Get<IChatClient>();
        await Should.ThrowAsync<OperationCanceledException>(() => client.GetResponseAsync(Hello, new ChatOptions { ModelId = "silent" }, cancel.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => client.GetStreamingResponseAsync(Hello, new ChatOptions { ModelId = "silent" }, cancel.Token).ToChatResponseAsync(cancel.Token));
    }

    [Fact]
    public async Task An_unknown_model_or_no_provider_is_refused_before_anything_is_called()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, "openai-compatible", "gpt-4o");
        var client = gateway.Get<IChatClient>();
        var unknown = await Should.ThrowAsync<ModelCallException>(() => client.GetResponseAsync(Hello, new ChatOptions { ModelId = "gpt-4p" }));
        (unknown.Code, unknown.Status).ShouldBe(("model_not_found", 404));
        unknown.Message.ShouldContain("gpt-4o");
        var elsewhere = new ChatOptions { AdditionalProperties = new AdditionalPropertiesDictionary { [ModelCall.Tenant] = Guid.CreateVersion7() } };
        (await Should.ThrowAsync<ModelCallException>(() => client.GetResponseAsync(Hello, elsewhere))).Code.ShouldBe("no_provider");
        await Should.ThrowAsync<ArgumentException>(() => client.GetResponseAsync(Hello, new ChatOptions { AdditionalProperties = new AdditionalPropertiesDictionary { [ModelCall.TaskType] = "poetry" } }));
        (await Should.ThrowAsync<ModelCallException>(() => client.GetResponseAsync([]))).Code.ShouldBe("field_required");
        mock.Bill.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Half_a_character_in_a_prompt_does_not_stop_the_call()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, "openai-compatible", "echo");
        (await gateway.Get<IChatClient>().GetResponseAsync("cut \ud83d here", new ChatOptions { ModelId = "echo" })).Text.ShouldBe("cut \uFFFD here");
    }

    [Theory]
    [InlineData("openai-compatible")]
    [InlineData("ollama")]
    public async Task Embeddings_come_in_the_order_of_the_texts(string kind)
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await StartAsync(mock, kind, "embed");
        var generator = gateway.Get<IEmbeddingGenerator<string, Embedding<float>>>();
        var together = await generator.GenerateAsync(["one", "two"], new EmbeddingGenerationOptions { ModelId = "embed" });
        var alone = await generator.GenerateAsync(["two"], new EmbeddingGenerationOptions { ModelId = "embed" });
        together.Count.ShouldBe(2);
        together[1].Vector.ToArray().ShouldBe(alone[0].Vector.ToArray());
        together[0].Vector.ToArray().ShouldNotBe(together[1].Vector.ToArray());
        together.AdditionalProperties![ModelCall.Provider].ShouldBe("main");
        (await generator.GenerateAsync([])).ShouldBeEmpty();
    }

    private static Task<TestGateway> StartAsync(MockProviders mock, string kind, string model)
    {
        var provider = kind switch
        {
            "anthropic" => TestGateway.Anthropic(mock.Address, "main", model),
            "ollama" => TestGateway.Ollama(mock.Address, "main", model),
            _ => TestGateway.OpenAi(mock.Address, "main", model),
        };
        var price = new ModelPrice(Guid.CreateVersion7(), "EUR", 3m, 5m, null, null);
        return TestGateway.StartAsync([provider], prices: new Dictionary<string, ModelPrice> { [$"main/{model}"] = price });
    }
}
