using System.Buffers.Binary;
using System.Text;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. Throws <see cref="ArgumentException"/> kinds when bytes are missing.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool Ended => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() != 0;

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public decimal Decimal() => new([Int(), Int(), Int(), Int()]);

    public Guid Id() => new(Take(16));

    public Guid? OptionalId() => Flag() ? Id() : null;

    /// <summary>A text that many records have in common.</summary>
    public string? Text()
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
        return length == ushort.MaxValue ? null : RepeatedTexts.OfThread.Get(Take(length));
    }

    /// <summary>A text that is this record's alone.</summary>
    public string? OwnText()
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(Take(2));
        return length == ushort.MaxValue ? null : Encoding.UTF8.GetString(Take(length));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
