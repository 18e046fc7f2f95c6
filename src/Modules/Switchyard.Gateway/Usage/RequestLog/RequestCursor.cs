using System.Buffers.Binary;
using System.Buffers.Text;

namespace Switchyard.Gateway.Usage.RequestLog;

/// <summary>A place in the request log, opaque to clients.</summary>
internal sealed record RequestCursor(DateTimeOffset At, Guid Id)
{
    public static bool TryParse(string text, out RequestCursor? cursor)
    {
        cursor = null;
        Span<byte> bytes = stackalloc byte[24];
        if (text.Length > 40 || !Base64Url.TryDecodeFromChars(text, bytes, out var count) || count != 24) return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        cursor = new RequestCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true));
        return true;
    }

    /// <summary>The time inside a UUIDv7.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        Span<byte> eight = stackalloc byte[8];
        bytes[..6].CopyTo(eight[2..]);
        var ms = BinaryPrimitives.ReadInt64BigEndian(eight);
        // A made-up id may name a time that no calendar has.
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, 0, 250_000_000_000_000));
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
