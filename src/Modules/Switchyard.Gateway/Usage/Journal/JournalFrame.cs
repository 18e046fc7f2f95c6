using System.Buffers.Binary;
using System.Numerics;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>
/// How a record lies in a segment: length, CRC-32C of length and payload, payload. Zeros where nothing was written
/// yet, so that the first frame that does not add up is the end.
/// </summary>
internal static class JournalFrame
{
    /// <summary>Bytes before the payload.</summary>
    public const int Header = 8;

    /// <summary>Largest payload.</summary>
    public const int MaxPayload = 256 * 1024;

    /// <summary>Writes a frame. The length goes last: until then the frame does not exist.</summary>
    public static void Write(Span<byte> target, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(target[Header..]);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Sum(payload));
        Thread.MemoryBarrier();
        BinaryPrimitives.WriteInt32LittleEndian(target, payload.Length);
    }

    /// <summary>Reads the frame at the front; false at the end of what was written whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (source.Length < Header) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(source);
        if (length is <= 0 or > MaxPayload || source.Length - Header < length) return false;
        var candidate = source.Slice(Header, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(source[4..]) != Sum(candidate)) return false;
        payload = candidate;
        return true;
    }

    private static uint Sum(ReadOnlySpan<byte> payload)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (uint)payload.Length);
        while (payload.Length >= 8)
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(payload));
            payload = payload[8..];
        }

        foreach (var b in payload) sum = BitOperations.Crc32C(sum, b);
        return ~sum;
    }
}
