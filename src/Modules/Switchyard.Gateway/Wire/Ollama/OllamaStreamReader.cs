using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Reads the lines of a streamed Ollama answer.</summary>
internal sealed class OllamaStreamReader : IStreamReader
{
    private int _block = -1;
    private bool _inText;
    private bool _inThinking;
    private int _calls;
    private bool _started;

    /// <inheritdoc/>
    public bool Completed { get; private set; }

    /// <inheritdoc/>
    public void Read(ReadOnlyMemory<byte> data, ICollection<LlmStreamEvent> events)
    {
        if (!data.IsEmpty) WireJson.ReadLenient(data, root => ReadLine(root, events));
    }

    private bool ReadLine(JsonElement root, ICollection<LlmStreamEvent> events)
    {
        if (UpstreamErrorReader.Find(root) is { } error)
        {
            events.Add(new StreamFailed(error));
            return true;
        }

        if (!_started && root.Member("message") is not null)
        {
            _started = true;
            events.Add(new StreamStarted("", root.Text("model") ?? ""));
        }

        if (root.Member("message") is { } message)
        {
            if (message.Text("thinking") is { Length: > 0 } thinking) events.Add(new ThinkingDelta(Open(thinking: true), thinking));
            if (message.Text("content") is { Length: > 0 } text) events.Add(new TextDelta(Open(thinking: false), text));
        }

        foreach (var call in OllamaToolCalls.Read(root, _calls))
        {
            _calls++;
            (_inText, _inThinking) = (false, false);
            events.Add(new ToolCallStarted(++_block, call.Id, call.Name));
            events.Add(new ToolCallDelta(_block, call.Arguments));
        }

        if (root.Member("done") is { ValueKind: JsonValueKind.True }) Finish(root, events);
        return true;
    }

    private void Finish(JsonElement root, ICollection<LlmStreamEvent> events)
    {
        if (OllamaUsage.Read(root, out _) is { } usage) events.Add(new UsageReported(usage));
        events.Add(new StreamStopped(_calls > 0 ? StopReason.ToolUse : OllamaStop.Read(root.Text("done_reason"))));
        Completed = true;
    }

    private int Open(bool thinking)
    {
        if (thinking ? !_inThinking : !_inText) _block++;
        (_inText, _inThinking) = (!thinking, thinking);
        return _block;
    }
}
