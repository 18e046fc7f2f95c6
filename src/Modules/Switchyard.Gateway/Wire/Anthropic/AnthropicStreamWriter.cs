using System.Buffers;
using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>
/// Writes a message stream. This dialect has one content block open at a time; OpenAI may interleave parallel tool
/// calls. Steps of a later block wait until the open one is finished, which for a tool call its JSON tells.
/// </summary>
internal sealed class AnthropicStreamWriter(AnswerOptions options) : IStreamWriter
{
    private readonly List<LlmStreamEvent> _waiting = [];
    private readonly JsonEnd _arguments = new();
    private int _open = -1;
    private bool _openIsTool;
    private int _index = -1;
    private bool _started;
    private TokenUsage _usage;
    private StreamStopped? _stopped;

    /// <inheritdoc/>
    public void Write(LlmStreamEvent step, IBufferWriter<byte> output)
    {
        switch (step)
        {
            case StreamStarted started: Start(started, output); break;
            case UsageReported usage: _usage = usage.Usage; break;
            case StreamStopped stopped: _stopped = stopped; break;
            case StreamFailed: break;
            default: WriteContent(step, output); break;
        }
    }

    /// <inheritdoc/>
    public void Complete(IBufferWriter<byte> output)
    {
        EnsureStarted(output);
        while (_waiting.Count > 0)
        {
            Close(output);
            Drain(output);
        }

        Close(output);
        StreamFrames.Event("message_delta", output, json =>
        {
            json.WriteString("type", "message_delta");
            json.WriteStartObject("delta");
            json.WriteString("stop_reason", AnthropicStop.Write(_stopped?.Stop ?? StopReason.End));
            json.WriteString("stop_sequence", _stopped?.StopSequence);
            json.WriteEndObject();
            AnthropicUsage.Write(_usage, json);
        });
        StreamFrames.Event("message_stop", output, json => json.WriteString("type", "message_stop"));
    }

    /// <inheritdoc/>
    public void Fail(WireError error, IBufferWriter<byte> output) => ErrorWriter.WriteStreamEvent(Dialect.AnthropicMessages, error, output);

    private void WriteContent(LlmStreamEvent step, IBufferWriter<byte> output)
    {
        EnsureStarted(output);
        if (BlockOf(step) != _open && _openIsTool && !_arguments.Reached)
        {
            _waiting.Add(step);
            return;
        }

        Step(step, output);
        if (_waiting.Count > 0 && _openIsTool && _arguments.Reached)
        {
            Close(output);
            Drain(output);
        }
    }

    /// <summary>Writes what waited: the first block in line becomes the open one, the others go on waiting.</summary>
    private void Drain(IBufferWriter<byte> output)
    {
        var waiting = _waiting.ToArray();
        _waiting.Clear();
        foreach (var step in waiting) WriteContent(step, output);
    }

    private void Step(LlmStreamEvent step, IBufferWriter<byte> output)
    {
        var block = BlockOf(step);
        if (block != _open)
        {
            if (step is ToolCallDelta) return; // White space behind arguments that were whole.
            Close(output);
            Open(block, step, output);
        }

        switch (step)
        {
            case TextDelta text: Delta(output, "text_delta", "text", text.Text); break;
            case RefusalDelta refusal: Delta(output, "text_delta", "text", refusal.Text); break;
            case ThinkingDelta thinking:
                if (thinking.Text.Length > 0) Delta(output, "thinking_delta", "thinking", thinking.Text);
                if (thinking.Signature is { } signature) Delta(output, "signature_delta", "signature", signature);
                break;
            case ToolCallDelta more:
                _arguments.Feed(more.Json);
                Delta(output, "input_json_delta", "partial_json", more.Json);
                break;
        }
    }

    private void Open(int block, LlmStreamEvent step, IBufferWriter<byte> output)
    {
        _open = block;
        _openIsTool = step is ToolCallStarted;
        _arguments.Reset();
        _index++;
        StreamFrames.Event("content_block_start", output, json =>
        {
            json.WriteString("type", "content_block_start");
            json.WriteNumber("index", _index);
            json.WriteStartObject("content_block");
            WriteBlock(step, json);
            json.WriteEndObject();
        });
    }

    private static void WriteBlock(LlmStreamEvent step, Utf8JsonWriter json)
    {
        switch (step)
        {
            case ThinkingDelta:
                json.WriteString("type", "thinking");
                json.WriteString("thinking", "");
                json.WriteString("signature", "");
                break;
            case RedactedThinking redacted:
                json.WriteString("type", "redacted_thinking");
                json.WriteString("data", redacted.Data);
                break;
            case ToolCallStarted call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.Id);
                json.WriteString("name", call.Name);
                json.WriteStartObject("input");
                json.WriteEndObject();
                break;
            default:
                json.WriteString("type", "text");
                json.WriteString("text", "");
                json.WriteNull("citations");
                break;
        }
    }

    private void Delta(IBufferWriter<byte> output, string type, string field, string text) =>
        StreamFrames.Event("content_block_delta", output, json =>
        {
            json.WriteString("type", "content_block_delta");
            json.WriteNumber("index", _index);
            json.WriteStartObject("delta");
            json.WriteString("type", type);
            json.WriteString(field, text);
            json.WriteEndObject();
        });

    private void Close(IBufferWriter<byte> output)
    {
        if (_open < 0) return;
        _open = -1;
        _openIsTool = false;
        StreamFrames.Event("content_block_stop", output, json =>
        {
            json.WriteString("type", "content_block_stop");
            json.WriteNumber("index", _index);
        });
    }

    private void EnsureStarted(IBufferWriter<byte> output)
    {
        if (!_started) Start(new StreamStarted("", ""), output);
    }

    private void Start(StreamStarted started, IBufferWriter<byte> output)
    {
        if (_started) return;
        _started = true;
        StreamFrames.Event("message_start", output, json =>
        {
            json.WriteString("type", "message_start");
            json.WriteStartObject("message");
            AnthropicResponses.WriteHead(started.Id, started.Model, options, json);
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteNull("stop_reason");
            json.WriteNull("stop_sequence");
            AnthropicUsage.Write(_usage, json);
            json.WriteEndObject();
        });
    }

    private static int BlockOf(LlmStreamEvent step) => step switch
    {
        TextDelta text => text.Block,
        ThinkingDelta thinking => thinking.Block,
        RedactedThinking redacted => redacted.Block,
        RefusalDelta refusal => refusal.Block,
        ToolCallStarted call => call.Block,
        ToolCallDelta more => more.Block,
        _ => -1,
    };
}
