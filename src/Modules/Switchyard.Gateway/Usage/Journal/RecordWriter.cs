using System.Buffers.Binary;
using System.Text;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>Writes fields one after another into a buffer that grows. One per thread, reused.</summary>
internal sealed class RecordWriter
{
    /// <summary>Longest text kept, in bytes; longer ones are cut.</summary>
    private const int MaxText = 400;

    [ThreadStatic]
    private static RecordWriter? _ofThread;

    private byte[] _bytes = new byte[2048];
    private int _count;

    public static RecordWriter OfThread => _ofThread ??= new RecordWriter();

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public RecordWriter Begin()
    {
        _count = 0;
        return this;
    }

    public void Byte(byte value) => Room(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    public void Long(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);

    public void Decimal(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        foreach (var part in parts) Int(part);
    }

    public void Id(Guid value) => value.TryWriteBytes(Room(16));

    public void Id(Guid? value)
    {
        Flag(value is not null);
        if (value is { } id) Id(id);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Room(2), ushort.MaxValue);
            return;
        }

        // One character takes at most three bytes; a cut may not split a surrogate pair.
        var kept = value.AsSpan();
        if (kept.Length > MaxText / 3 && Encoding.UTF8.GetByteCount(kept) > MaxText)
        {
            kept = kept[..(MaxText / 3)];
            if (char.IsHighSurrogate(kept[^1])) kept = kept[..^1];
        }

        var room = Room(2 + (kept.Length * 3));
        var length = Encoding.UTF8.GetBytes(kept, room[2..]);
        BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)length);
        _count -= room.Length - 2 - length;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - _count < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + count));
        var room = _bytes.AsSpan(_count, count);
        _count += count;
        return room;
    }
}
