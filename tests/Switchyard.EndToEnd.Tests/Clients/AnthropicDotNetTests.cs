using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Switchyard.EndToEnd.Tests.Running;
using Switchyard.TestKit.Providers;

namespace Switchyard.EndToEnd.Tests.Clients;

/// <summary>The official Anthropic client for .NET, with one base address changed.</summary>
public sealed class AnthropicDotNetTests(RunningGateway gateway) : IClassFixture<RunningGateway>, IDisposable
{
    private readonly HttpClient _http = TestHttp.Client(gateway.Server.Address);

    public void Dispose() => _http.Dispose();

    public static TheoryData<string> Providers => ["anthropic", "openai", "ollama"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_complete_answer_comes_with_its_usage(string provider)
    {
        var answer = await Client().Messages.Create(Ask($"{provider}/tokens-100-6"));

        TextOf(answer).ShouldBe("word1 word2 word3 word4 word5 word6");
        answer.StopReason.ShouldNotBeNull().Raw().ShouldBe("end_turn");
        (answer.Usage.InputTokens, answer.Usage.OutputTokens).ShouldBe((100, 6));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_stream_arrives_piece_by_piece_to_its_end(string provider)
    {
        var pieces = new List<string>();
        var stopped = false;
        await foreach (var step in Client().Messages.CreateStreaming(Ask($"{provider}/unicode")))
        {
            if (step.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var text) && text.Text.Length > 0) pieces.Add(text.Text);
            stopped |= step.TryPickStop(out _);
        }

        pieces.ShouldBe(["你好", "，世界", " — naïve ", "🚂🛤️", " Привет", "!"]);
        stopped.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Tools_are_called_and_their_results_are_answered(string provider)
    {
        var ask = Ask($"{provider}/parallel-tools") with { Tools = [Weather()] };
        var asked = await Client().Messages.Create(ask);
        var uses = asked.Content.Select(b => b.TryPickToolUse(out var use) ? use : null).OfType<ToolUseBlock>().ToList();
        uses.Select(u => u.Name).ShouldBe(["get_weather", "get_weather"]);
        uses.Select(u => u.Input["city"].GetString()).ShouldAllBe(city => city == "mock");

        var more = ask with
        {
            Messages =
            [
                new UserMessageParam("Weather?"),
                new AssistantMessageParam(uses.Select(u => (ContentBlockParam)new ToolUseBlockParam { ID = u.ID, Name = u.Name, Input = u.Input }).ToList()),
                new UserMessageParam(uses.Select(u => (ContentBlockParam)new ToolResultBlockParam(u.ID) { Content = "sunny" }).ToList()),
            ],
        };
        TextOf(await Client().Messages.Create(more)).ShouldBe("The tool said: sunny");
    }

    [Fact]
    public async Task Classes_of_tokens_are_kept_apart()
    {
        var usage = (await Client().Messages.Create(Ask("anthropic/tokens-50-7+cached-900-40"))).Usage;

        (usage.InputTokens, usage.CacheReadInputTokens, usage.CacheCreationInputTokens, usage.OutputTokens).ShouldBe((50, 900, 40, 7));
    }

    [Fact]
    public async Task An_unknown_key_is_refused_as_anthropic_refuses_it() =>
        (await Should.ThrowAsync<AnthropicUnauthorizedException>(() => Client("sy-unknown").Messages.Create(Ask("anthropic/ok"))))
            .Message.ShouldContain("authentication_error");

    [Fact]
    public async Task An_unknown_model_is_refused_as_anthropic_refuses_it() =>
        (await Should.ThrowAsync<AnthropicNotFoundException>(() => Client().Messages.Create(Ask("no-such-model-anywhere"))))
            .Message.ShouldContain("not_found_error");

    [Theory]
    [InlineData("cut-after-3")]
    [InlineData("no-done")]
    [InlineData("error-after-3")]
    public async Task A_broken_stream_never_looks_finished(string script)
    {
        var stopped = false;
        var failed = false;
        try
        {
            await foreach (var step in Client().Messages.CreateStreaming(Ask($"anthropic/{script}"))) stopped |= step.TryPickStop(out _);
        }
        catch (Exception fault) when (fault is AnthropicException or JsonException or IOException)
        {
            failed = true;
        }

        stopped.ShouldBeFalse();
        failed.ShouldBeTrue("the client must hear of the break");
    }

    [Fact]
    public async Task Leaving_in_mid_stream_stops_the_vendor()
    {
        using var leave = new CancellationTokenSource();
        var pieces = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var step in Client().Messages.CreateStreaming(Ask("anthropic/tokens-10-500+pace-20ms"), leave.Token))
            {
                if (step.TryPickContentBlockDelta(out _) && ++pieces == 3) await leave.CancelAsync();
            }
        });

        await Eventually.Pass(() => gateway.Mock.Bill.For("tokens-10-500+pace-20ms").Single().Outcome.ShouldBe(CallOutcome.Aborted), TimeSpan.FromSeconds(30));
    }

    private static MessageCreateParams Ask(string model) => new()
    {
        Model = model,
        MaxTokens = 1000,
        Messages = [new UserMessageParam("Hi there")],
    };

    private static Tool Weather() => new()
    {
        Name = "get_weather",
        Description = "Weather of a city",
        InputSchema = new InputSchema
        {
            Properties = new Dictionary<string, JsonElement> { ["city"] = JsonSerializer.SerializeToElement(new { type = "string" }) },
            Required = ["city"],
        },
    };

    private static string TextOf(Message answer) => string.Concat(answer.Content.Select(b => b.TryPickText(out var text) ? text.Text : ""));

    private AnthropicClient Client(string? key = null) =>
        new() { ApiKey = key ?? gateway.ClientKey, BaseUrl = gateway.Server.Address.ToString().TrimEnd('/'), MaxRetries = 0, HttpClient = _http };
}
