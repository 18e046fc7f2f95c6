using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>
/// Writes rows in PostgreSQL's binary COPY format (see "COPY" in its manual and <c>numeric_send</c> in its source).
/// A general importer costs several times as much as all the rest of a call's record.
/// </summary>
internal sealed class BinaryRow(IBufferWriter<byte> output)
{
    private static readonly byte[] Head = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private readonly ArrayBufferWriter<byte> _json = new();
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public void Begin() => output.Write(Head);

    public void End() => Short(-1);

    /// <summary>Starts a row of <paramref name="columns"/> columns.</summary>
    public void Row(short columns) => Short(columns);

    public void Null() => Length(-1);

    public void Flag(bool value)
    {
        Length(1);
        Room(1)[0] = value ? (byte)1 : (byte)0;
        output.Advance(1);
    }

    public void Int(int value)
    {
        Length(4);
        Length(value);
    }

    public void Int(int? value)
    {
        if (value is { } number) Int(number);
        else Null();
    }

    public void Double(double? value)
    {
        if (value is not { } number)
        {
            Null();
            return;
        }

        Length(8);
        BinaryPrimitives.WriteDoubleBigEndian(Room(8), number);
        output.Advance(8);
    }

    public void Time(DateTimeOffset value)
    {
        Length(8);
        BinaryPrimitives.WriteInt64BigEndian(Room(8), (value.UtcTicks - Epoch) / 10);
        output.Advance(8);
    }

    public void Id(Guid? value)
    {
        if (value is not { } id)
        {
            Null();
            return;
        }

        Length(16);
        id.TryWriteBytes(Room(16), bigEndian: true, out _);
        output.Advance(16);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        // PostgreSQL keeps no NUL in a text.
        var text = value.Contains('\0', StringComparison.Ordinal) ? value.Replace("\0", "", StringComparison.Ordinal) : value;
        Length(Encoding.UTF8.GetByteCount(text));
        output.Advance(Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }

    /// <summary>A value as <c>jsonb</c>.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type)
    {
        _json.Clear();
        using (var writer = new Utf8JsonWriter(_json)) JsonSerializer.Serialize(writer, value, type);
        Length(_json.WrittenCount + 1);
        Room(1)[0] = 1;
        output.Advance(1);
        var room = Room(_json.WrittenCount);
        _json.WrittenSpan.CopyTo(room);
        ReplaceNul(room[.._json.WrittenCount]);
        output.Advance(_json.WrittenCount);
    }

    /// <summary>PostgreSQL keeps no NUL in <c>jsonb</c>: one such text would hold up every record behind it.</summary>
    private static void ReplaceNul(Span<byte> json)
    {
        for (int at; (at = json.IndexOf((byte)'\\')) >= 0; json = json[(at + 2)..])
        {
            if (json[at..].StartsWith(@"\u0000"u8)) @"\ufffd"u8.CopyTo(json[at..]);
        }
    }

    /// <summary>A number in groups of four decimal digits, as <c>numeric</c> wants them.</summary>
    public void Numeric(decimal? value)
    {
        if (value is not { } number)
        {
            Null();
            return;
        }

        Span<short> groups = stackalloc short[16];
        var scale = (number.Scale + 3) / 4 * 4;
        var whole = decimal.Truncate(Math.Abs(number));
        var fraction = Math.Abs(number) - whole;
        var count = 0;
        for (; whole > 0; whole = decimal.Truncate(whole / 10_000m)) groups[count++] = (short)(whole % 10_000m);
        groups[..count].Reverse();
        var weight = count - 1;
        for (var i = 0; i < scale; i += 4)
        {
            fraction *= 10_000m;
            var group = decimal.Truncate(fraction);
            groups[count++] = (short)group;
            fraction -= group;
        }

        Length(8 + (count * 2));
        Short((short)count);
        Short((short)weight);
        Short(number < 0 ? (short)0x4000 : (short)0);
        Short(number.Scale);
        foreach (var group in groups[..count]) Short(group);
    }

    private void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), value);
        output.Advance(2);
    }

    private void Length(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(4), value);
        output.Advance(4);
    }

    private Span<byte> Room(int size) => output.GetSpan(size);
}
