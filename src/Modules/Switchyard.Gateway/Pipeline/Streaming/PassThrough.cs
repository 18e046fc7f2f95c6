using System.Buffers;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Scanning;
using Switchyard.Gateway.Wire.Sse;

namespace Switchyard.Gateway.Pipeline.Streaming;

/// <summary>
/// Forwards events byte for byte; the usage chunk that was asked for on the client's behalf is taken out again.
/// </summary>
/// <param name="hideUsage">The client did not ask for the usage chunk.</param>
internal sealed class PassThrough(Dialect dialect, bool hideUsage) : StreamTransform
{
    private readonly SseParser _parser = new();
    private readonly ResponseScanner _scanner = ResponseScanner.For(dialect, hideUsage);

    public override TokenUsage? Usage => _scanner.Facts.Usage;

    public override StopReason? Stop => _scanner.Facts.Stop;

    public override bool Completed => _scanner.Facts.Completed;

    public override bool HasOutput => _scanner.Facts.HasOutput;

    protected override bool Step(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        if (!_parser.TryRead(ref input, out var block)) return false;
        Pass(block, output);
        return true;
    }

    protected override void Rest(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output)
    {
        if (!_parser.TryReadRest(ref input, out var block)) return;
        Pass(block, output);
        if (Fault is null) output.Write("\n\n"u8);
    }

    private void Pass(in SseEvent block, IBufferWriter<byte> output)
    {
        if (block.HasData)
        {
            var wanted = _scanner.ReadEvent(block.Data);
            if (_scanner.Facts.Error is { } error) Fault = new StreamFault(Malformed: false, error.Code ?? error.Type, error.Message);
            if (!wanted || Fault is not null) return;
            if (HasOutput && !Completed) Pieces++;
        }

        if (_scanner.Facts.ForeignStops is { } foreign && !block.Data.Span.Contains((byte)'\n'))
        {
            output.Write("data: "u8);
            StopWords.Write(block.Data.Span, foreign, output);
            output.Write("\n\n"u8);
            return;
        }

        foreach (var segment in block.Raw) output.Write(segment.Span);
    }
}
