using System.Buffers;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Sse;

namespace Switchyard.Gateway.Pipeline.Streaming;

/// <summary>Reads one dialect's stream and writes another's, event by event.</summary>
internal sealed class Translation(IDialectCodec from, IStreamWriter writer) : StreamTransform
{
    private readonly IStreamReader _reader = from.OpenReader();
    private readonly SseParser? _events = from.Dialect == Dialect.OllamaChat ? null : new SseParser();
    private readonly NdjsonParser? _lines = from.Dialect == Dialect.OllamaChat ? new NdjsonParser() : null;
    private readonly List<LlmStreamEvent> _steps = [];
    private TokenUsage? _usage;
    private StopReason? _stop;
    private bool _completed;

    public override TokenUsage? Usage => _usage;

    public override StopReason? Stop => _stop;

    public override bool Completed => _completed;

    public override bool HasOutput => Pieces > 0;

    protected override bool Step(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        if (_lines is not null)
        {
            if (!_lines.TryRead(ref input, out var line)) return false;
            Write(line, output);
            return true;
        }

        if (!_events!.TryRead(ref input, out var block)) return false;
        if (block.HasData) Write(block.Data, output);
        return true;
    }

    protected override void Rest(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        if (_lines is not null)
        {
            if (_lines.TryReadRest(ref input, out var line)) Write(line, output);
        }
        else if (_events!.TryReadRest(ref input, out var block))
        {
            Write(block.Data, output);
        }
    }

    private void Write(ReadOnlyMemory<byte> data, IBufferWriter<byte> output)
    {
        _steps.Clear();
        _reader.Read(data, _steps);
        foreach (var step in _steps)
        {
            Learn(step);
            if (Fault is not null) return;
            writer.Write(step, output);
        }

        if (!_reader.Completed) return;
        _completed = true;
        writer.Complete(output);
    }

    private void Learn(LlmStreamEvent step)
    {
        switch (step)
        {
            case UsageReported reported:
                _usage = Larger(reported.Usage);
                break;
            case StreamStopped stopped:
                _stop = stopped.Stop;
                break;
            case StreamFailed failed:
                Fault = new StreamFault(Malformed: false, failed.Error.Code ?? failed.Error.Type, failed.Error.Message);
                break;
            case TextDelta { Text: "" } or ThinkingDelta { Text: "", Signature: null }:
                break;
            case TextDelta or ThinkingDelta or RedactedThinking or RefusalDelta or ToolCallStarted or ToolCallDelta:
                Pieces++;
                break;
        }
    }

    // Reports within one answer are cumulative.
    private TokenUsage Larger(TokenUsage now) => _usage is not { } old ? now : new TokenUsage(
        Math.Max(old.Input, now.Input),
        Math.Max(old.Output, now.Output),
        Math.Max(old.CachedRead, now.CachedRead),
        Math.Max(old.CacheWrite, now.CacheWrite),
        Math.Max(old.Reasoning, now.Reasoning));
}
