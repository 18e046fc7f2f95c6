using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using Switchyard.EndToEnd.Tests.Running;
using Switchyard.TestKit.Providers;

namespace Switchyard.EndToEnd.Tests.Clients;

/// <summary>The official OpenAI client for .NET, with one base address changed.</summary>
public sealed class OpenAiDotNetTests(RunningGateway gateway) : IClassFixture<RunningGateway>, IDisposable
{
    private readonly HttpClient _http = TestHttp.Client(gateway.Server.Address);

    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "get_weather", "Weather of a city",
        BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""));

    public void Dispose() => _http.Dispose();

    public static TheoryData<string> Providers => ["openai", "anthropic", "ollama"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_complete_answer_comes_with_its_usage(string provider)
    {
        var answer = (await Chat($"{provider}/tokens-100-6").CompleteChatAsync("Hi there")).Value;

        answer.Content[0].Text.ShouldBe("word1 word2 word3 word4 word5 word6");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount).ShouldBe((100, 6));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_stream_arrives_piece_by_piece_to_its_end(string provider)
    {
        var pieces = new List<string>();
        ChatFinishReason? finish = null;
        await foreach (var update in Chat($"{provider}/unicode").CompleteChatStreamingAsync("Hi there"))
        {
            pieces.AddRange(update.ContentUpdate.Select(part => part.Text).Where(text => text.Length > 0));
            finish ??= update.FinishReason;
        }

        pieces.ShouldBe(["你好", "，世界", " — naïve ", "🚂🛤️", " Привет", "!"]);
        finish.ShouldBe(ChatFinishReason.Stop);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Tools_are_called_and_their_results_are_answered(string provider)
    {
        var options = new ChatCompletionOptions { Tools = { Weather } };
        var chat = Chat($"{provider}/parallel-tools");
        var asked = (await chat.CompleteChatAsync([new UserChatMessage("Weather?")], options)).Value;
        asked.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        asked.ToolCalls.Select(c => c.FunctionName).ShouldBe(["get_weather", "get_weather"]);
        asked.ToolCalls.Select(c => JsonDocument.Parse(c.FunctionArguments).RootElement.GetProperty("city").GetString()).ShouldAllBe(c => c == "mock");
        asked.ToolCalls.Select(c => c.Id).ShouldBeUnique();

        ChatMessage[] more = [new UserChatMessage("Weather?"), new AssistantChatMessage(asked), .. asked.ToolCalls.Select(c => new ToolChatMessage(c.Id, "sunny"))];
        (await chat.CompleteChatAsync(more, options)).Value.Content[0].Text.ShouldBe("The tool said: sunny");
    }

    [Fact]
    public async Task Structured_output_is_asked_for_and_given()
    {
        var options = new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                "fact", BinaryData.FromString("""{"type":"object","properties":{"year":{"type":"integer"}},"required":["year"],"additionalProperties":false}"""), jsonSchemaIsStrict: true),
        };

        var answer = (await Chat("openai/json").CompleteChatAsync([new UserChatMessage("When?")], options)).Value;

        JsonDocument.Parse(answer.Content[0].Text).RootElement.GetProperty("year").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Embeddings_keep_their_numbers()
    {
        var answer = (await Client().GetEmbeddingClient("openai/embed").GenerateEmbeddingsAsync(["a", "b"])).Value;

        answer.Count.ShouldBe(2);
        answer[0].ToFloats().Length.ShouldBe(8);
        answer.Usage.InputTokenCount.ShouldBe(6);
    }

    [Fact]
    public async Task Models_are_listed_for_this_key()
    {
        var models = (await Client().GetOpenAIModelClient().GetModelsAsync()).Value;

        models.Select(m => m.Id).ShouldContain(id => id.Contains("ok", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_key_is_refused_as_openai_refuses_it()
    {
        var fault = await Should.ThrowAsync<ClientResultException>(() => Client("sy-unknown").GetChatClient("openai/ok").CompleteChatAsync("Hi"));

        fault.Status.ShouldBe(401);
        Error(fault).GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task An_unknown_model_is_refused_with_the_nearest_names()
    {
        var fault = await Should.ThrowAsync<ClientResultException>(() => Chat("no-such-model-anywhere").CompleteChatAsync("Hi"));

        fault.Status.ShouldBe(404);
        Error(fault).GetProperty("code").GetString().ShouldBe("model_not_found");
    }

    [Fact]
    public async Task A_vendors_refusal_arrives_without_the_vendors_key()
    {
        var fault = await Should.ThrowAsync<ClientResultException>(() => Chat("openai/401").CompleteChatAsync("Hi"));

        fault.GetRawResponse()!.Content.ToString().ShouldNotContain(RunningGateway.VendorKey);
    }

    [Fact]
    public async Task Leaving_in_mid_stream_stops_the_vendor()
    {
        using var leave = new CancellationTokenSource();
        var pieces = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Chat("openai/tokens-10-500+pace-20ms").CompleteChatStreamingAsync([new UserChatMessage("Hi")], cancellationToken: leave.Token))
            {
                if (update.ContentUpdate.Count > 0 && ++pieces == 3) await leave.CancelAsync();
            }
        });

        // Left alone, the vendor would finish its answer: only the client's leaving can have aborted it.
        await Eventually.Pass(() => gateway.Mock.Bill.For("tokens-10-500+pace-20ms").Single().Outcome.ShouldBe(CallOutcome.Aborted), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("cut-after-3")]
    [InlineData("rst-after-3")]
    [InlineData("no-done")]
    [InlineData("error-after-3")]
    public async Task A_broken_stream_never_looks_finished(string script)
    {
        var text = "";
        ChatFinishReason? finish = null;
        try
        {
            await foreach (var update in Chat($"openai/{script}").CompleteChatStreamingAsync("Hi"))
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
                finish ??= update.FinishReason;
            }
        }
        catch (Exception fault) when (fault is ClientResultException or JsonException or IOException)
        {
            // This client's other way to hear of it.
        }

        text.ShouldStartWith("Hello");
        if (script != "no-done") finish.ShouldBeNull();
    }

    [Fact]
    public async Task Members_that_nobody_knows_pass_through_both_ways()
    {
        using var http = TestHttp.Client(gateway.Server.Address);
        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.ClientKey);
        using var body = new StringContent(
            """{"model":"openai/extra","messages":[{"role":"user","content":"Hi"}],"x_mine":{"n":1.0,"s":"\u00e9"}}""", System.Text.Encoding.UTF8, "application/json");

        using var response = await http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), body);

        (await response.Content.ReadAsStringAsync()).ShouldContain("\"x_vendor\":{\"shard\":7,\"note\":\"kept as it is: 1.0\"}");
        gateway.Mock.Bill.For("extra").ShouldHaveSingleItem().Text.ShouldContain("""
            "x_mine":{"n":1.0,"s":"\u00e9"}
            """.Trim());
    }

    private OpenAIClient Client(string? key = null) => new(
        new ApiKeyCredential(key ?? gateway.ClientKey),
        new OpenAIClientOptions { Endpoint = new Uri(gateway.Server.Address, "/v1"), RetryPolicy = new ClientRetryPolicy(0), Transport = new HttpClientPipelineTransport(_http) });

    private ChatClient Chat(string model) => Client().GetChatClient(model);

    private static JsonElement Error(ClientResultException fault) =>
        JsonDocument.Parse(fault.GetRawResponse()!.Content).RootElement.GetProperty("error");
}
