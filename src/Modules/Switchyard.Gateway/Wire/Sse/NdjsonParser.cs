using System.Buffers;

namespace Switchyard.Gateway.Wire.Sse;

/// <summary>
/// Takes lines of newline-delimited JSON off the front of a growing buffer. Empty lines are skipped, a CR before the
/// LF is dropped. Remembers how far it looked. Not thread-safe.
/// </summary>
/// <param name="maxLineBytes">Longest line accepted. <value>10 MiB</value></param>
public sealed class NdjsonParser(int maxLineBytes = SseParser.DefaultMaxEventBytes)
{
    private long _scanned;

    /// <summary>Takes the next whole line and moves <paramref name="buffer"/> behind it; false when more bytes are needed.</summary>
    /// <exception cref="WireFormatException"><c>event_too_large</c>.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var reader = new SequenceReader<byte>(buffer);
            reader.Advance(_scanned);
            var found = reader.TryAdvanceTo((byte)'\n');
            if (!found) reader.AdvanceToEnd();
            if (reader.Consumed > maxLineBytes)
                throw new WireFormatException("event_too_large", null, $"A line of the stream is longer than {maxLineBytes} bytes.") { Args = new Dictionary<string, object?> { ["max"] = maxLineBytes } };

            _scanned = found ? 0 : reader.Consumed;
            line = default;
            if (!found) return false;

            line = Trim(buffer.Slice(0, reader.Position));
            buffer = buffer.Slice(reader.Position);
            if (!line.IsEmpty) return true;
        }
    }

    /// <summary>At the end of the stream: takes what is left as a last line, for servers that end without a line break.</summary>
    public bool TryReadRest(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> line)
    {
        line = Trim(buffer);
        buffer = buffer.Slice(buffer.End);
        _scanned = 0;
        return !line.IsEmpty;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlySequence<byte> raw) =>
        (raw.IsSingleSegment ? raw.First : raw.ToArray()).Trim("\r\n \t"u8);
}
