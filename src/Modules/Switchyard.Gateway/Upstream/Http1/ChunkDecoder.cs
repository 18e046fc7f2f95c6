using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream.Http1;

/// <summary>
/// Takes the chunk framing (RFC 9112 §7.1) out of bytes where they lie, however they were cut on their way.
/// A mutable structure: keep it in a field.
/// </summary>
internal struct ChunkDecoder
{
    private const int LongestFraming = 16 * 1024;

    private enum At
    {
        Size,
        Extension,
        SizeFeed,
        Data,
        DataReturn,
        DataFeed,
        Trailer,
        TrailerLine,
        Ended,
    }

    private At _at;
    private long _left;
    private int _digits;
    private int _framing;

    /// <summary>The last chunk and the trailer have been seen.</summary>
    public readonly bool Ended => _at == At.Ended;

    /// <summary>Moves the data to the front of <paramref name="bytes"/> and answers how much that is.</summary>
    /// <param name="excess">Bytes behind the end of the body.</param>
    /// <exception cref="UpstreamException">The framing is damaged.</exception>
    public int Decode(Span<byte> bytes, out int excess)
    {
        var (read, written) = (0, 0);
        while (read < bytes.Length && _at != At.Ended)
        {
            if (_at == At.Data)
            {
                var take = (int)Math.Min(_left, bytes.Length - read);
                if (read != written) bytes.Slice(read, take).CopyTo(bytes[written..]);
                (read, written, _left) = (read + take, written + take, _left - take);
                if (_left == 0) _at = At.DataReturn;
            }
            else
            {
                Step(bytes[read++]);
            }
        }

        excess = bytes.Length - read;
        return written;
    }

    private void Step(byte next)
    {
        switch (_at)
        {
            case At.Size when Digit(next) is var digit and >= 0:
                if (++_digits > 15) throw Damaged();
                _left = (_left << 4) | (uint)digit;
                break;
            case At.Size when _digits > 0 && next is (byte)';' or (byte)' ' or (byte)'\t':
                _at = At.Extension;
                break;
            case At.Size or At.Extension when _digits > 0 && next == '\r':
                _at = At.SizeFeed;
                break;
            case At.Size or At.Extension or At.SizeFeed when _digits > 0 && next == '\n':
                (_digits, _framing) = (0, 0);
                _at = _left > 0 ? At.Data : At.Trailer;
                break;
            case At.Extension when next >= ' ' || next == '\t':
                Count();
                break;
            case At.DataReturn when next == '\r':
                _at = At.DataFeed;
                break;
            case At.DataReturn or At.DataFeed when next == '\n':
                _at = At.Size;
                break;
            case At.Trailer when next == '\n':
                _at = At.Ended;
                break;
            case At.Trailer when next == '\r':
                break;
            case At.Trailer:
                _at = At.TrailerLine;
                break;
            case At.TrailerLine:
                Count();
                if (next == '\n') _at = At.Trailer;
                break;
            default:
                throw Damaged();
        }
    }

    private void Count()
    {
        if (++_framing > LongestFraming) throw Damaged();
    }

    private static int Digit(byte next) => next switch
    {
        >= (byte)'0' and <= (byte)'9' => next - '0',
        >= (byte)'a' and <= (byte)'f' => next - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => next - 'A' + 10,
        _ => -1,
    };

    private static UpstreamException Damaged() => new(FailureClass.Malformed, new Phrase("upstream.chunks"));
}
