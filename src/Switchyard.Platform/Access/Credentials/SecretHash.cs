using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Platform.Access.Credentials;

/// <summary>
/// SHA-256 of a secret, as the key of a lookup. Secrets here have 256 random bits, so a plain hash suffices;
/// passwords are another matter. Comparing takes the same time wherever two hashes differ.
/// </summary>
public readonly struct SecretHash : IEquatable<SecretHash>
{
    /// <summary>Longest secret that is looked at.</summary>
    public const int MaxLength = 200;

    private readonly ulong _a, _b, _c, _d;

    private SecretHash(ReadOnlySpan<byte> hash)
    {
        _a = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]);
        _c = BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]);
        _d = BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]);
    }

    /// <summary>The hash of <paramref name="secret"/>; false for one that is empty or too long. Allocates nothing.</summary>
    public static bool TryOf(ReadOnlySpan<char> secret, out SecretHash hash)
    {
        hash = default;
        if (secret.Length is 0 or > MaxLength) return false;
        Span<byte> bytes = stackalloc byte[MaxLength * 3];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(secret, bytes)], digest);
        hash = new SecretHash(digest);
        return true;
    }

    /// <summary>The hash of a secret of ours.</summary>
    public static SecretHash Of(ReadOnlySpan<char> secret) =>
        TryOf(secret, out var hash) ? hash : throw new ArgumentException("A secret has 1 to 200 characters.", nameof(secret));

    /// <summary>Reads a stored hash.</summary>
    public static SecretHash FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == SHA256.HashSizeInBytes ? new SecretHash(bytes) : throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));

    /// <summary>The form in which it is stored.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), _b);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), _c);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), _d);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(SecretHash other) =>
        ((_a ^ other._a) | (_b ^ other._b) | (_c ^ other._c) | (_d ^ other._d)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SecretHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_a;

    public static bool operator ==(SecretHash left, SecretHash right) => left.Equals(right);

    public static bool operator !=(SecretHash left, SecretHash right) => !left.Equals(right);
}
