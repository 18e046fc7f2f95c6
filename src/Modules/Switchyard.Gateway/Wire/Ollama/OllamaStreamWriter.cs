using System.Buffers;
using System.Text;
using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Writes a streamed Ollama answer; tool calls go out whole, as this dialect knows them.</summary>
internal sealed class OllamaStreamWriter(AnswerOptions options) : IStreamWriter
{
    private readonly SortedDictionary<int, (ToolCallStarted Start, StringBuilder Arguments)> _calls = [];
    private string _model = options.Model;
    private TokenUsage? _usage;
    private StopReason _stop = StopReason.End;

    /// <inheritdoc/>
    public void Write(LlmStreamEvent step, IBufferWriter<byte> output)
    {
        switch (step)
        {
            case StreamStarted { Model.Length: > 0 } started: _model = started.Model; break;
            case TextDelta text: Line(output, json => json.WriteString("content", text.Text)); break;
            case RefusalDelta refusal: Line(output, json => json.WriteString("content", refusal.Text)); break;
            case ThinkingDelta { Text.Length: > 0 } thinking:
                Line(output, json =>
                {
                    json.WriteString("content", "");
                    json.WriteString("thinking", thinking.Text);
                });
                break;
            case ToolCallStarted call: _calls[call.Block] = (call, new StringBuilder()); break;
            case ToolCallDelta more when _calls.TryGetValue(more.Block, out var known): known.Arguments.Append(more.Json); break;
            case UsageReported usage: _usage = usage.Usage; break;
            case StreamStopped stopped: _stop = stopped.Stop; break;
        }
    }

    /// <inheritdoc/>
    public void Complete(IBufferWriter<byte> output)
    {
        if (_calls.Count > 0)
        {
            Line(output, json =>
            {
                json.WriteString("content", "");
                json.WriteStartArray("tool_calls");
                foreach (var (start, arguments) in _calls.Values) OllamaToolCalls.Write(new ToolCallPart(start.Id, start.Name, arguments.ToString()), json, null);
                json.WriteEndArray();
            });
        }

        Line(output, static json => json.WriteString("content", ""), last: true);
    }

    /// <inheritdoc/>
    public void Fail(WireError error, IBufferWriter<byte> output) => ErrorWriter.WriteStreamEvent(Dialect.OllamaChat, error, output);

    private void Line(IBufferWriter<byte> output, Action<Utf8JsonWriter> message, bool last = false) => StreamFrames.Line(output, json =>
    {
        OllamaResponses.WriteHead(_model, options, json);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        message(json);
        json.WriteEndObject();
        if (last) OllamaResponses.WriteEnd(_stop, _usage, json);
        else json.WriteBoolean("done", false);
    });
}
