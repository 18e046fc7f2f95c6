using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Reads the events of a message stream.</summary>
internal sealed class AnthropicStreamReader : IStreamReader
{
    /// <summary>Our numbers for the vendor's, since blocks that no other dialect knows are left out.</summary>
    private readonly Dictionary<int, int> _blocks = [];
    private TokenUsage? _usage;

    /// <inheritdoc/>
    public bool Completed { get; private set; }

    /// <inheritdoc/>
    public void Read(ReadOnlyMemory<byte> data, ICollection<LlmStreamEvent> events)
    {
        if (!data.IsEmpty) WireJson.ReadLenient(data, root => ReadStep(root, events));
    }

    private bool ReadStep(JsonElement root, ICollection<LlmStreamEvent> events)
    {
        switch (root.Text("type"))
        {
            case "message_start" when root.Member("message") is { } message:
                events.Add(new StreamStarted(message.Text("id") ?? "", message.Text("model") ?? ""));
                ReadUsage(message, events);
                break;
            case "content_block_start" when root.Member("content_block") is { } block:
                StartBlock(Index(root), block, events);
                break;
            case "content_block_delta" when root.Member("delta") is { } delta && _blocks.TryGetValue(Index(root), out var number):
                ReadDelta(number, delta, events);
                break;
            case "message_delta":
                ReadUsage(root, events);
                if (root.Member("delta") is { } end && end.Text("stop_reason") is { } reason)
                    events.Add(new StreamStopped(AnthropicStop.Read(reason), end.Text("stop_sequence")));
                break;
            case "message_stop":
                Completed = true;
                break;
            default:
                if (UpstreamErrorReader.Find(root) is { } error) events.Add(new StreamFailed(error));
                break;
        }

        return true;
    }

    private void StartBlock(int index, JsonElement block, ICollection<LlmStreamEvent> events)
    {
        var type = block.Text("type");
        if (type is not ("text" or "thinking" or "redacted_thinking" or "tool_use")) return;
        var number = _blocks[index] = _blocks.Count;
        switch (type)
        {
            case "text" when block.Text("text") is { Length: > 0 } text:
                events.Add(new TextDelta(number, text));
                break;
            case "thinking" when block.Text("thinking") is { Length: > 0 } thinking:
                events.Add(new ThinkingDelta(number, thinking));
                break;
            case "redacted_thinking":
                events.Add(new RedactedThinking(number, block.Text("data") ?? ""));
                break;
            case "tool_use":
                events.Add(new ToolCallStarted(number, block.Text("id") ?? "", block.Text("name") ?? ""));
                if (block.Member("input") is { ValueKind: JsonValueKind.Object } input && input.EnumerateObject().Any())
                    events.Add(new ToolCallDelta(number, input.GetRawText())); // Some compatible servers send it whole.
                break;
        }
    }

    private static void ReadDelta(int number, JsonElement delta, ICollection<LlmStreamEvent> events)
    {
        switch (delta.Text("type"))
        {
            case "text_delta" when delta.Text("text") is { Length: > 0 } text:
                events.Add(new TextDelta(number, text));
                break;
            case "thinking_delta" when delta.Text("thinking") is { Length: > 0 } thinking:
                events.Add(new ThinkingDelta(number, thinking));
                break;
            case "signature_delta" when delta.Text("signature") is { Length: > 0 } signature:
                events.Add(new ThinkingDelta(number, "", signature));
                break;
            case "input_json_delta" when delta.Text("partial_json") is { Length: > 0 } json:
                events.Add(new ToolCallDelta(number, json));
                break;
        }
    }

    private void ReadUsage(JsonElement parent, ICollection<LlmStreamEvent> events)
    {
        if (parent.Member("usage") is not { } usage || AnthropicUsage.Read(usage, out _) is not { } counts) return;
        _usage = AnthropicUsage.Larger(_usage, counts);
        events.Add(new UsageReported(_usage.Value));
    }

    private static int Index(JsonElement root) =>
        root.Member("index") is { ValueKind: JsonValueKind.Number } index && index.TryGetInt32(out var number) ? number : 0;
}
