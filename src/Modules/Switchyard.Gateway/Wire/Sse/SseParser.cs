using System.Buffers;

namespace Switchyard.Gateway.Wire.Sse;

/// <summary>
/// Takes server-sent events off the front of a growing buffer, such as a <c>PipeReader</c>'s. Lines may end in LF,
/// CRLF or CR, also mixed; a byte order mark is skipped; text split anywhere, also inside a character, is put together
/// by the buffer. Remembers how far it looked, so that a long event in small pieces costs linear time. Not thread-safe.
/// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
/// </summary>
/// <param name="maxEventBytes">Largest block accepted. <value>10 MiB</value></param>
public sealed class SseParser(int maxEventBytes = SseParser.DefaultMaxEventBytes)
{
    /// <summary>10 MiB.</summary>
    public const int DefaultMaxEventBytes = 10 * 1024 * 1024;

    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    private long _scanned;
    private bool _lineEmpty = true;
    private bool _afterCr;
    private bool _started;

    /// <summary>
    /// Takes the next whole block, if there is one, and moves <paramref name="buffer"/> behind it. On <c>false</c> more
    /// bytes are needed: call again with the same start and more at the end.
    /// </summary>
    /// <exception cref="WireFormatException"><c>event_too_large</c>.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out SseEvent block)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(_scanned);
        while (true)
        {
            if (_afterCr && reader.TryPeek(out var first))
            {
                if (first == Lf) reader.Advance(1);
                _afterCr = false;
            }

            var lineStart = reader.Consumed;
            if (!reader.TryAdvanceToAny("\r\n"u8, advancePastDelimiter: false))
            {
                reader.AdvanceToEnd();
                _lineEmpty &= reader.Consumed == lineStart;
                _scanned = reader.Consumed;
                if (_scanned > maxEventBytes) throw TooLarge();
                block = default;
                return false;
            }

            var blank = _lineEmpty && reader.Consumed == lineStart;
            reader.TryRead(out var end);
            _afterCr = end == Cr;
            _lineEmpty = true;
            if (!blank) continue;

            // A CR that ends the bytes at hand ends the block at once; an LF still to come is skipped above.
            if (_afterCr && reader.TryPeek(out var next))
            {
                if (next == Lf) reader.Advance(1);
                _afterCr = false;
            }

            if (reader.Consumed > maxEventBytes) throw TooLarge();
            block = Parse(buffer.Slice(0, reader.Position));
            buffer = buffer.Slice(reader.Position);
            _scanned = 0;
            return true;
        }
    }

    /// <summary>
    /// At the end of the stream: takes what is left as a last event. The standard drops it, but vendors do forget the
    /// last blank line; a block cut in the middle shows itself as damaged JSON or a missing end mark.
    /// </summary>
    public bool TryReadRest(ref ReadOnlySequence<byte> buffer, out SseEvent block)
    {
        block = Parse(buffer);
        buffer = buffer.Slice(buffer.End);
        _scanned = 0;
        return block.HasData;
    }

    private SseEvent Parse(ReadOnlySequence<byte> raw)
    {
        var bytes = raw.IsSingleSegment ? raw.First : raw.ToArray();
        if (!_started)
        {
            _started = true;
            if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        }

        ReadOnlyMemory<byte> name = default, data = default;
        var hasData = false;
        while (!bytes.IsEmpty)
        {
            var length = bytes.Span.IndexOfAny(Cr, Lf);
            var line = length < 0 ? bytes : bytes[..length];
            bytes = length < 0 ? default : bytes[(length + 1)..];
            if (Value(line, "data"u8) is { } value)
            {
                data = hasData ? Join(data, value) : value;
                hasData = true;
            }
            else if (Value(line, "event"u8) is { } named)
            {
                name = named;
            }
        }

        return new SseEvent(raw, name, data, hasData);
    }

    private static ReadOnlyMemory<byte>? Value(ReadOnlyMemory<byte> line, ReadOnlySpan<byte> field)
    {
        if (!line.Span.StartsWith(field)) return null;
        if (line.Length == field.Length) return ReadOnlyMemory<byte>.Empty;
        if (line.Span[field.Length] != ':') return null;
        var value = line[(field.Length + 1)..];
        return value.Length > 0 && value.Span[0] == ' ' ? value[1..] : value;
    }

    private static byte[] Join(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        var joined = new byte[first.Length + 1 + second.Length];
        first.CopyTo(joined);
        joined[first.Length] = Lf;
        second.CopyTo(joined.AsMemory(first.Length + 1));
        return joined;
    }

    private WireFormatException TooLarge() =>
        new("event_too_large", null, $"An event of the stream is larger than {maxEventBytes} bytes.");
}
