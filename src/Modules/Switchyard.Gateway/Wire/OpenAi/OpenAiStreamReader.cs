using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Reads chat completion chunks, also of vendors who follow the standard loosely.</summary>
internal sealed class OpenAiStreamReader : IStreamReader
{
    private enum Kind
    {
        None,
        Text,
        Thinking,
        Refusal,
        Tool,
    }

    private readonly Dictionary<int, (int Block, string Id)> _calls = [];
    private Kind _kind;
    private int _block = -1;
    private int _lastCall = -1;
    private string _id = "";
    private bool _started;
    private bool _stopped;

    /// <inheritdoc/>
    public bool Completed { get; private set; }

    /// <inheritdoc/>
    public void Read(ReadOnlyMemory<byte> data, ICollection<LlmStreamEvent> events)
    {
        var trimmed = data.Trim(" \t"u8);
        if (trimmed.Span.SequenceEqual("[DONE]"u8)) Completed = true;
        else if (!trimmed.IsEmpty) WireJson.ReadLenient(trimmed, root => ReadChunk(root, events));
    }

    private bool ReadChunk(JsonElement root, ICollection<LlmStreamEvent> events)
    {
        if ((root.Member("error") is not null || root.Member("choices") is null) && UpstreamErrorReader.Find(root) is { } error)
        {
            events.Add(new StreamFailed(error));
            return true;
        }

        foreach (var choice in root.Items("choices"))
        {
            if (choice.Member("index") is { ValueKind: JsonValueKind.Number } index && index.TryGetInt32(out var number) && number != 0) continue;
            if (!_started)
            {
                _started = true;
                _id = root.Text("id") ?? "";
                events.Add(new StreamStarted(_id, root.Text("model") ?? ""));
            }

            if (choice.Member("delta") is { } delta) ReadDelta(delta, events);
            ReadUsage(root, events);
            if (choice.Text("finish_reason") is { Length: > 0 } reason) ReadFinish(reason, events);
            return true;
        }

        ReadUsage(root, events);
        return true;
    }

    private void ReadDelta(JsonElement delta, ICollection<LlmStreamEvent> events)
    {
        if ((delta.Text("reasoning_content") ?? delta.Text("reasoning")) is { Length: > 0 } reasoning) events.Add(new ThinkingDelta(Open(Kind.Thinking), reasoning));
        if (delta.Text("content") is { Length: > 0 } text) events.Add(new TextDelta(Open(Kind.Text), text));
        foreach (var part in delta.Items("content"))
            if (part.Text("text") is { Length: > 0 } piece) events.Add(new TextDelta(Open(Kind.Text), piece));
        if (delta.Text("refusal") is { Length: > 0 } refusal) events.Add(new RefusalDelta(Open(Kind.Refusal), refusal));
        foreach (var call in delta.Items("tool_calls")) ReadCall(call, events);
    }

    private void ReadCall(JsonElement call, ICollection<LlmStreamEvent> events)
    {
        var id = call.Text("id") ?? "";
        var function = call.Member("function");
        var index = call.Member("index") is { ValueKind: JsonValueKind.Number } given && given.TryGetInt32(out var number)
            ? number
            : id.Length > 0 || _lastCall < 0 ? _calls.Count : _lastCall; // Gemini's endpoint leaves the index out.

        if (!_calls.TryGetValue(index, out var known) || (id.Length > 0 && known.Id != id))
        {
            _kind = Kind.Tool;
            known = (++_block, id.Length > 0 ? id : $"call_{_block}_{Tail(_id)}");
            _calls[index] = known;
            events.Add(new ToolCallStarted(known.Block, known.Id, function?.Text("name") ?? ""));
        }

        _lastCall = index;
        if (function is { } body && OpenAiResponses.Arguments(body) is { Length: > 0 } json) events.Add(new ToolCallDelta(known.Block, json));
    }

    private void ReadFinish(string reason, ICollection<LlmStreamEvent> events)
    {
        if (_stopped) return;
        _stopped = true;
        if (OpenAiStop.IsFailure(reason))
        {
            events.Add(new StreamFailed(OpenAiStop.Broken(reason)));
            return;
        }

        var stop = OpenAiStop.Read(reason);
        if (stop is StopReason.End or StopReason.Unknown && _calls.Count > 0) stop = StopReason.ToolUse;
        events.Add(new StreamStopped(stop));
    }

    private static void ReadUsage(JsonElement root, ICollection<LlmStreamEvent> events)
    {
        if (root.Member("usage") is { } usage && OpenAiUsage.Read(usage, out _) is { } counts) events.Add(new UsageReported(counts));
    }

    private int Open(Kind kind)
    {
        if (_kind != kind) _block++;
        _kind = kind;
        return _block;
    }

    private static string Tail(string id) => id.Length <= 12 ? id : id[^12..];
}
