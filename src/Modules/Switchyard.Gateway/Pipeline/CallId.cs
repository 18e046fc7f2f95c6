using System.Buffers.Binary;

namespace Switchyard.Gateway.Pipeline;

/// <summary>
/// Identities of calls: UUIDs of version 7 (RFC 9562 §5.7). They are names, not secrets: their random part comes
/// from the runtime's fast generator, where the framework's own would ask the kernel for each one.
/// </summary>
internal static class CallId
{
    /// <summary>A new identity that sorts by <paramref name="now"/>.</summary>
    public static Guid At(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes[6..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[..8], (now.ToUnixTimeMilliseconds() << 16) | (long)BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]));
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
