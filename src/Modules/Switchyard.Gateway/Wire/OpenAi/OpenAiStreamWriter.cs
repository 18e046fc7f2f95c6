using System.Buffers;
using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Writes chat completion chunks.</summary>
internal sealed class OpenAiStreamWriter(AnswerOptions options) : IStreamWriter
{
    private readonly Dictionary<int, int> _calls = [];
    private string _id = options.FallbackId;
    private string _model = options.Model;
    private TokenUsage? _usage;
    private bool _started;
    private bool _stopped;

    /// <inheritdoc/>
    public void Write(LlmStreamEvent step, IBufferWriter<byte> output)
    {
        switch (step)
        {
            case StreamStarted started: Start(started, output); break;
            case TextDelta text: Delta(output, json => json.WriteString("content", text.Text)); break;
            case ThinkingDelta { Text.Length: > 0 } thinking: Delta(output, json => json.WriteString("reasoning_content", thinking.Text)); break;
            case RefusalDelta refusal: Delta(output, json => json.WriteString("refusal", refusal.Text)); break;
            case ToolCallStarted call: StartCall(call, output); break;
            case ToolCallDelta more: ContinueCall(more, output); break;
            case UsageReported usage: _usage = usage.Usage; break;
            case StreamStopped stopped: Stop(stopped.Stop, output); break;
        }
    }

    /// <inheritdoc/>
    public void Complete(IBufferWriter<byte> output)
    {
        if (!_stopped) Stop(StopReason.Unknown, output);
        if (options.IncludeUsage && _usage is { } usage)
        {
            StreamFrames.Event(null, output, json =>
            {
                WriteHead(json);
                json.WriteStartArray("choices");
                json.WriteEndArray();
                OpenAiUsage.Write(usage, json);
            });
        }

        output.Write("data: [DONE]\n\n"u8);
    }

    /// <inheritdoc/>
    public void Fail(WireError error, IBufferWriter<byte> output) => ErrorWriter.WriteStreamEvent(Dialect.OpenAiChat, error, output);

    private void Start(StreamStarted started, IBufferWriter<byte> output)
    {
        if (_started) return;
        _started = true;
        if (started.Id.Length > 0) _id = started.Id;
        if (started.Model.Length > 0) _model = started.Model;
        Chunk(output, null, json =>
        {
            json.WriteString("role", "assistant");
            json.WriteString("content", "");
        });
    }

    private void StartCall(ToolCallStarted call, IBufferWriter<byte> output)
    {
        _calls[call.Block] = _calls.Count;
        Delta(output, json => WriteCall(json, _calls[call.Block], call, ""));
    }

    private void ContinueCall(ToolCallDelta more, IBufferWriter<byte> output)
    {
        if (_calls.TryGetValue(more.Block, out var index)) Delta(output, json => WriteCall(json, index, null, more.Json));
    }

    private static void WriteCall(Utf8JsonWriter json, int index, ToolCallStarted? start, string arguments)
    {
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        if (start is not null)
        {
            json.WriteString("id", start.Id);
            json.WriteString("type", "function");
        }

        json.WriteStartObject("function");
        if (start is not null) json.WriteString("name", start.Name);
        json.WriteString("arguments", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Stop(StopReason stop, IBufferWriter<byte> output)
    {
        EnsureStarted(output);
        if (_stopped) return;
        _stopped = true;
        Chunk(output, OpenAiStop.Write(stop), static _ => { });
    }

    private void Delta(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        EnsureStarted(output);
        Chunk(output, null, write);
    }

    private void EnsureStarted(IBufferWriter<byte> output)
    {
        if (!_started) Start(new StreamStarted("", ""), output);
    }

    private void Chunk(IBufferWriter<byte> output, string? finish, Action<Utf8JsonWriter> delta) => StreamFrames.Event(null, output, json =>
    {
        WriteHead(json);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        delta(json);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteString("id", _id);
        json.WriteString("object", "chat.completion.chunk");
        json.WriteNumber("created", options.Created.ToUnixTimeSeconds());
        json.WriteString("model", _model);
    }
}
