using System.Text.Json;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Requests and answers grown from a seed: the seed alone repeats a failure.</summary>
internal sealed class Generated(int seed)
{
    private static readonly string[] Words = ["hello", "wörld", "你好", "😀", "a \"quoted\" word", "back\\slash", "line\nbreak", "tab\t", "<b>&amp;</b>", "{\"json\":1}", "x", "\u2028"];
    private readonly Random _random = new(seed);
    private int _ids;

    public LlmRequest Request(Dialect source)
    {
        List<LlmTool> tools = Maybe() ? Many(1, 3, index => new LlmTool($"tool_{index}", Maybe() ? Text() : null, Schema())) : [];
        return new LlmRequest
        {
            Source = source,
            Model = "asked-model",
            Messages = Conversation(tools),
            Tools = tools,
            ToolChoice = tools.Count > 0 && source != Dialect.OllamaChat && Maybe() ? Pick(new LlmToolChoice("auto"), new LlmToolChoice("none"), new LlmToolChoice("required"), new LlmToolChoice("tool", "tool_0")) : null,
            ParallelToolCalls = tools.Count > 0 && source != Dialect.OllamaChat && Maybe(0.3) ? Maybe() : null,
            MaxOutputTokens = source == Dialect.AnthropicMessages || Maybe() ? _random.Next(1, 100_000) : null,
            Temperature = Maybe() ? Math.Round(_random.NextDouble() * (source == Dialect.AnthropicMessages ? 1 : 2), 3) : null,
            TopP = Maybe(0.3) ? Math.Round(_random.NextDouble(), 3) : null,
            TopK = Maybe(0.2) ? _random.Next(1, 100) : null,
            FrequencyPenalty = source != Dialect.AnthropicMessages && Maybe(0.2) ? 0.5 : null,
            PresencePenalty = source != Dialect.AnthropicMessages && Maybe(0.2) ? -0.5 : null,
            Seed = source != Dialect.AnthropicMessages && Maybe(0.2) ? _random.NextInt64() : null,
            Stop = Maybe(0.3) ? Many(1, 4, _ => Pick("STOP", "\n\nHuman:", "结束")).Distinct().ToList() : [],
            OutputFormat = Maybe(0.3) ? new LlmOutputFormat("json_schema", source == Dialect.OpenAiChat ? "answer" : null, Schema(), source == Dialect.OllamaChat ? null : true) : null,
            Stream = Maybe(),
            User = source != Dialect.OllamaChat && Maybe(0.3) ? "user-7" : null,
        };
    }

    public LlmResponse Response()
    {
        var parts = new List<LlmPart>();
        if (Maybe(0.3)) parts.Add(new ThinkingPart(Text(), "sig=="));
        if (Maybe(0.8)) parts.Add(new TextPart(Text()));
        List<ToolCallPart> calls = Maybe(0.4) ? Many(1, 3, index => new ToolCallPart($"call_{index}_x", $"tool_{index}", Arguments())) : [];
        parts.AddRange(calls);
        if (parts.Count == 0) parts.Add(new TextPart("empty"));
        var output = _random.Next(1, 5_000);
        return new LlmResponse(
            "id-1", "answering-model", parts, calls.Count > 0 ? StopReason.ToolUse : Pick(StopReason.End, StopReason.Length),
            new TokenUsage(_random.Next(0, 9_000), output, _random.Next(0, 500), _random.Next(0, 500), _random.Next(0, output)));
    }

    /// <summary>The answer as a stream would bring it, in small pieces.</summary>
    public IEnumerable<LlmStreamEvent> Steps(LlmResponse response)
    {
        yield return new StreamStarted(response.Id, response.Model);
        for (var block = 0; block < response.Parts.Count; block++)
        {
            switch (response.Parts[block])
            {
                case TextPart text:
                    foreach (var piece in Pieces(text.Text)) yield return new TextDelta(block, piece);
                    break;
                case ThinkingPart thinking:
                    foreach (var piece in Pieces(thinking.Text)) yield return new ThinkingDelta(block, piece);
                    yield return new ThinkingDelta(block, "", thinking.Signature);
                    break;
                case ToolCallPart call:
                    yield return new ToolCallStarted(block, call.Id, call.Name);
                    foreach (var piece in Pieces(call.Arguments)) yield return new ToolCallDelta(block, piece);
                    break;
            }
        }

        yield return new UsageReported(response.Usage!.Value);
        yield return new StreamStopped(response.Stop, response.StopSequence);
    }

    private List<LlmMessage> Conversation(List<LlmTool> tools)
    {
        var messages = new List<LlmMessage>();
        if (Maybe()) messages.Add(new LlmMessage(LlmRole.System, [new TextPart(Text())]));
        var turns = _random.Next(1, 4);
        for (var turn = 0; turn < turns; turn++)
        {
            messages.Add(new LlmMessage(LlmRole.User, Maybe(0.7) ? [new TextPart(Text())] : [new TextPart(Text()), Image(), new TextPart(Text())]));
            if (turn == turns - 1) break;
            if (tools.Count == 0 || Maybe())
            {
                messages.Add(new LlmMessage(LlmRole.Assistant, [new TextPart(Text())]));
                continue;
            }

            var calls = Many(1, 3, _ => new ToolCallPart($"call_{_ids++}", Pick(tools.ToArray()).Name, Arguments()));
            messages.Add(new LlmMessage(LlmRole.Assistant, Maybe() ? [new TextPart(Text()), .. calls] : [.. calls]));
            messages.AddRange(calls.Select(call => new LlmMessage(LlmRole.Tool, [new ToolResultPart(call.Id, [new TextPart(Text())])])));
        }

        return messages;
    }

    private ImagePart Image() => new(null, "image/png", Convert.ToBase64String(BitConverter.GetBytes(_random.NextInt64())));

    private string Text() => string.Join(' ', Many(1, 6, _ => Pick(Words)));

    private string Arguments() => JsonSerializer.Serialize(new Dictionary<string, object> { ["q"] = Text(), ["n"] = _random.Next(), ["deep"] = new { list = new[] { Text() } } });

    private static JsonElement Schema() =>
        JsonDocument.Parse("""{"type":"object","properties":{"q":{"type":"string"},"n":{"type":"integer"}},"required":["q"],"additionalProperties":false}""").RootElement;

    private IEnumerable<string> Pieces(string text)
    {
        for (var position = 0; position < text.Length;)
        {
            var size = Math.Min(text.Length - position, _random.Next(1, 8));
            if (position + size < text.Length && char.IsHighSurrogate(text[position + size - 1])) size++;
            yield return text.Substring(position, size);
            position += size;
        }
    }

    private List<T> Many<T>(int least, int most, Func<int, T> make) => [.. Enumerable.Range(0, _random.Next(least, most + 1)).Select(make)];

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];

    private bool Maybe(double chance = 0.5) => _random.NextDouble() < chance;
}
