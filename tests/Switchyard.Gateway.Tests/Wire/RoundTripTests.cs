using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

public sealed class RoundTripTests
{
    private static readonly Dialect[] Dialects = [Dialect.OpenAiChat, Dialect.AnthropicMessages, Dialect.OllamaChat];

    public static TheoryData<Dialect, Dialect> Pairs => new(Dialects.SelectMany(from => Dialects.Select(to => (from, to))));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void P08_a_request_says_the_same_in_every_dialect_but_for_what_is_named_lost(Dialect from, Dialect to) => ForAll(seed =>
    {
        var client = new Generated(seed).Request(from);
        var received = Codec.ReadRequest(Codec.Write(client, from).Body, from);
        var (body, loss) = Codec.Write(received, to);
        var arrived = Codec.ReadRequest(body, to);

        var wanted = Meaning.Of(client);
        var got = Meaning.Of(arrived);
        foreach (var lost in loss) (wanted[lost], got[lost]) = ("", "");
        foreach (var lost in loss.Where(lost => lost is "response_format")) (wanted["system"], got["system"]) = ("", "");
        if (client.ToolChoice?.Mode == "none" && to == Dialect.OllamaChat) foreach (var name in new[] { "tools", "tool_choice" }) (wanted[name], got[name]) = ("", "");
        if (client.MaxOutputTokens is null) got.Remove("max_tokens"); // Anthropic demands one.
        if (client.Tools.Count == 0) wanted.Remove("tool_choice");
        foreach (var (name, value) in wanted) (name, got.GetValueOrDefault(name)).ShouldBe((name, value), $"seed {seed}");
        got.Count.ShouldBe(wanted.Count, $"seed {seed}");
    });

    [Theory]
    [InlineData(Dialect.OpenAiChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.OllamaChat)]
    public void P08_nothing_is_lost_within_a_dialect(Dialect dialect) => ForAll(seed =>
    {
        var (first, loss) = Codec.Write(new Generated(seed).Request(dialect), dialect);
        var (second, _) = Codec.Write(Codec.ReadRequest(first, dialect), dialect);
        second.ShouldBe(first, $"seed {seed}");
        loss.Where(item => item is not ("parallel_tool_calls" or "tool_choice")).ShouldBeEmpty($"seed {seed}");
    });

    [Theory]
    [MemberData(nameof(Pairs))]
    public void P08_an_answer_says_the_same_in_every_dialect(Dialect from, Dialect to) => ForAll(seed =>
    {
        var answer = new Generated(seed).Response();
        var received = Codec.ReadResponse(Codec.Write(answer, from).Body, from);
        var arrived = Codec.ReadResponse(Codec.Write(received, to).Body, to);
        Meaning.Of(arrived).ShouldBe(Meaning.Of(answer), $"seed {seed}");
    });

    [Theory]
    [MemberData(nameof(Pairs))]
    public void P08_a_stream_adds_up_to_the_whole_answer_however_its_bytes_are_cut(Dialect from, Dialect to) => ForAll(seed =>
    {
        var generated = new Generated(seed);
        var answer = generated.Response();
        var upstream = Codec.Stream(generated.Steps(answer), from);
        var (steps, completed) = Codec.Read(upstream, from, seed);
        completed.ShouldBeTrue();
        var (arrived, ended) = Codec.Read(Codec.Stream(steps, to), to, seed + 1);
        ended.ShouldBeTrue();
        Meaning.Of(Collected.From(arrived)).ShouldBe(Meaning.Of(answer), $"seed {seed}");
    });

    [Fact]
    public void Thinking_keeps_its_signature_within_anthropic()
    {
        var answer = new LlmResponse("m", "c", [new ThinkingPart("why", "sig"), new ThinkingPart("", null, "hidden"), new TextPart("because")], StopReason.StopSequence, new TokenUsage(1, 2), "END");
        var back = Codec.ReadResponse(Codec.Write(answer, Dialect.AnthropicMessages).Body, Dialect.AnthropicMessages);
        back.Parts.ShouldBe(answer.Parts);
        back.StopSequence.ShouldBe("END");

        var (steps, _) = Codec.Read(Codec.Stream([
            new StreamStarted("m", "c"), new ThinkingDelta(0, "why"), new ThinkingDelta(0, "", "sig"), new RedactedThinking(1, "hidden"),
            new TextDelta(2, "because"), new UsageReported(new TokenUsage(1, 2)), new StreamStopped(StopReason.StopSequence, "END")], Dialect.AnthropicMessages), Dialect.AnthropicMessages);
        Collected.From(steps).Parts.ShouldBe(answer.Parts);
        Codec.Write(answer, Dialect.OpenAiChat).Loss.ShouldBe(["stop_sequence", "thinking.signature", "redacted_thinking"], ignoreOrder: true);
    }

    [Fact]
    public void Interleaved_parallel_tool_calls_reach_anthropic_one_block_at_a_time()
    {
        var stream = Codec.Stream([
            new StreamStarted("i", "m"), new TextDelta(0, "let me see"),
            new ToolCallStarted(1, "a", "f"), new ToolCallDelta(1, "{\"x\":"), new ToolCallStarted(2, "b", "g"), new ToolCallDelta(2, "{\"y\""),
            new ToolCallDelta(1, "\"}\\\"\"}"), new ToolCallDelta(2, ":2}"), new ToolCallStarted(3, "c", "h"), new StreamStopped(StopReason.ToolUse)], Dialect.AnthropicMessages);
        var types = Streams.Sse([System.Text.Encoding.UTF8.GetBytes(stream)]).Events.Select(item => System.Text.Json.JsonDocument.Parse(item.Data).RootElement)
            .Where(item => item.TryGetProperty("index", out _)).Select(item => $"{item.GetProperty("type").GetString()![14..]}{item.GetProperty("index")}").Distinct();
        string.Join(" ", types).ShouldBe("start0 delta0 stop0 start1 delta1 stop1 start2 delta2 stop2 start3 stop3");
        var answer = Collected.From(Codec.Read(stream, Dialect.AnthropicMessages).Steps);
        answer.Parts.OfType<ToolCallPart>().Select(call => call.Arguments).ShouldBe(["{\"x\":\"}\\\"\"}", "{\"y\":2}", ""]);
    }

    private static void ForAll(Action<int> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 2).ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
}
