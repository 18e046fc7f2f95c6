using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream.Http1;

/// <summary>How a body's end is found (RFC 9112 §6.3).</summary>
internal enum BodyFraming
{
    None,
    Length,
    Chunked,
    UntilClose,
}

/// <summary>
/// Status line and header fields of one HTTP/1 answer, read in place: values become strings only when they are
/// asked for. Reused for one answer after another. What RFC 9112 forbids is refused, since a lenient reader and a
/// lenient server are how one answer is taken for another.
/// </summary>
internal sealed class ResponseHead
{
    private static readonly SearchValues<byte> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> Control = SearchValues.Create(
        Enumerable.Range(0, 0x20).Where(c => c != '\t').Append(0x7f).Select(c => (byte)c).ToArray());

    private readonly record struct Field(int Name, int NameLength, int Value, int ValueLength);

    private Field[] _fields = new Field[24];
    private int _count;
    private byte[] _bytes = [];
    private int _next;
    private bool _chunked;
    private bool _keepAlive;

    /// <summary>HTTP status.</summary>
    public int Status { get; private set; }

    /// <summary>Bytes of the body; null when not announced.</summary>
    public long? ContentLength { get; private set; }

    /// <summary>Where the body ends.</summary>
    public BodyFraming Framing { get; private set; }

    /// <summary>Whether the connection may serve another call after this answer.</summary>
    public bool KeepAlive => _keepAlive && Framing != BodyFraming.UntilClose;

    /// <summary>Forgets the last answer; the next begins at <paramref name="start"/>.</summary>
    public void Reset(int start)
    {
        _next = start;
        _count = 0;
        Status = 0;
        ContentLength = null;
        Framing = BodyFraming.None;
        _chunked = false;
        _keepAlive = false;
    }

    /// <summary>
    /// Goes on reading lines of <paramref name="bytes"/> up to <paramref name="end"/>. True when the head is whole;
    /// its values stay readable while the array is left alone.
    /// </summary>
    /// <param name="bodyStart">Where the body begins.</param>
    /// <exception cref="UpstreamException">It is no HTTP/1 answer.</exception>
    public bool TryRead(byte[] bytes, int end, out int bodyStart)
    {
        _bytes = bytes;
        bodyStart = 0;
        while (true)
        {
            var line = bytes.AsSpan(_next, end - _next);
            var feed = line.IndexOf((byte)'\n');
            if (feed < 0) return false;
            var start = _next;
            _next += feed + 1;
            var length = feed > 0 && line[feed - 1] == '\r' ? feed - 1 : feed;
            if (Status == 0)
            {
                if (length > 0) ReadStatus(line[..length]);
            }
            else if (length > 0)
            {
                ReadField(start, line[..length]);
            }
            else
            {
                Conclude();
                bodyStart = _next;
                return true;
            }
        }
    }

    /// <summary>First value of a field; null when absent.</summary>
    public string? Header(string name)
    {
        foreach (var field in _fields.AsSpan(0, _count))
        {
            if (Ascii.EqualsIgnoreCase(_bytes.AsSpan(field.Name, field.NameLength), name))
                return Encoding.Latin1.GetString(_bytes, field.Value, field.ValueLength);
        }

        return null;
    }

    private void ReadStatus(ReadOnlySpan<byte> line)
    {
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' '
            || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var digits) || digits != 3 || status < 100
            || (line.Length > 12 && line[12] != ' '))
            throw Malformed(new Phrase("upstream.http"));
        Status = status;
        _keepAlive = line[7] == '1';
    }

    private void ReadField(int start, ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(Token)) throw Malformed(new Phrase("upstream.damaged.header"));
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (value.ContainsAny(Control)) throw Malformed(new Phrase("upstream.damaged.header"));
        if (_count == _fields.Length) Array.Resize(ref _fields, _count * 2);
        var at = value.IsEmpty ? start : start + colon + 1 + line[(colon + 1)..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        _fields[_count++] = new Field(start, colon, at, value.Length);
        Learn(name, value);
    }

    private void Learn(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name.Length)
        {
            case 10 when Ascii.EqualsIgnoreCase(name, "connection"u8):
                if (Has(value, "close"u8)) _keepAlive = false;
                else if (Has(value, "keep-alive"u8)) _keepAlive = true;
                break;
            case 14 when Ascii.EqualsIgnoreCase(name, "content-length"u8):
                foreach (var part in value.Split((byte)',')) ReadLength(value[part].Trim(" \t"u8));
                break;
            case 17 when Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8):
                if (_chunked || !Ascii.EqualsIgnoreCase(value, "chunked"u8)) throw Malformed(new Phrase("upstream.transfer"));
                _chunked = true;
                break;
        }
    }

    private void ReadLength(ReadOnlySpan<byte> digits)
    {
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !Utf8Parser.TryParse(digits, out long length, out _) || (ContentLength is { } other && other != length))
            throw Malformed(new Phrase("upstream.length"));
        ContentLength = length;
    }

    private void Conclude()
    {
        if (Status is < 200 or 204 or 304)
        {
            ContentLength = Status < 200 ? null : 0;
            Framing = BodyFraming.None;
        }
        else if (_chunked)
        {
            // Both at once is how answers are smuggled: the chunks count, and the connection is not used again.
            if (ContentLength is not null) _keepAlive = false;
            ContentLength = null;
            Framing = BodyFraming.Chunked;
        }
        else
        {
            Framing = ContentLength is null ? BodyFraming.UntilClose : BodyFraming.Length;
        }
    }

    private static bool Has(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
    {
        foreach (var part in list.Split((byte)','))
        {
            if (Ascii.EqualsIgnoreCase(list[part].Trim(" \t"u8), token)) return true;
        }

        return false;
    }

    private static UpstreamException Malformed(Phrase phrase) => new(FailureClass.Malformed, phrase);
}
