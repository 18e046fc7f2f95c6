using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Secrets;

/// <summary>
/// Envelope encryption: every secret has its own data key (AES-256-GCM), which the master key wraps (AES-256-GCM).
/// Rotation re-wraps the data key only. Layout: version 1 byte · master key id 8 · wrap nonce 12 · wrapped key 32 ·
/// wrap tag 16 · nonce 12 · tag 16 · ciphertext. NIST SP 800-38D. Thread-safe.
/// </summary>
/// <param name="keys">The master keys.</param>
/// <param name="again">Reads the master keys anew: asked when a secret is wrapped by a key that was made since.</param>
public sealed class SecretBox(KeyChain keys, Func<KeyChain>? again = null)
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int WrapAt = 1 + 8;
    private const int WrapSize = NonceSize + MasterKey.Size + TagSize;
    private const int BodyAt = WrapAt + WrapSize;
    private const int HeadSize = BodyAt + NonceSize + TagSize;

    private volatile KeyChain _keys = keys;

    /// <summary>Seals <paramref name="secret"/> for exactly this <paramref name="scope"/>.</summary>
    public byte[] Seal(string secret, SecretScope scope)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var data = RandomNumberGenerator.GetBytes(MasterKey.Size);
        var box = new byte[HeadSize + plain.Length];
        var associated = scope.ToBytes();
        box[0] = Version;
        Wrap(_keys.Current, data, associated, box);

        var nonce = box.AsSpan(BodyAt, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using (var cipher = new AesGcm(data, TagSize))
        {
            cipher.Encrypt(nonce, plain, box.AsSpan(HeadSize), box.AsSpan(BodyAt + NonceSize, TagSize), associated);
        }

        CryptographicOperations.ZeroMemory(data);
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made for the same <paramref name="scope"/>.</summary>
    /// <exception cref="SecretException">Damaged, of another scope, or wrapped by a key that is not here.</exception>
    public string Open(byte[] box, SecretScope scope)
    {
        var associated = scope.ToBytes();
        var data = Unwrap(box, associated);
        var plain = new byte[box.Length - HeadSize];
        try
        {
            using var cipher = new AesGcm(data, TagSize);
            cipher.Decrypt(box.AsSpan(BodyAt, NonceSize), box.AsSpan(HeadSize), box.AsSpan(BodyAt + NonceSize, TagSize), plain, associated);
            return Encoding.UTF8.GetString(plain);
        }
        catch (CryptographicException error)
        {
            throw Refused(scope, error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>True when <paramref name="box"/> is wrapped by an older master key.</summary>
    public bool NeedsRewrap(byte[] box) => KeyId(box) != _keys.Current.Id;

    /// <summary>The same secret wrapped by the current master key; its ciphertext does not change.</summary>
    /// <exception cref="SecretException">Damaged, of another scope, or wrapped by a key that is not here.</exception>
    public byte[] Rewrap(byte[] box, SecretScope scope)
    {
        var associated = scope.ToBytes();
        var data = Unwrap(box, associated);
        var next = (byte[])box.Clone();
        Wrap(_keys.Current, data, associated, next);
        CryptographicOperations.ZeroMemory(data);
        return next;
    }

    private static void Wrap(MasterKey master, byte[] data, byte[] associated, byte[] box)
    {
        BinaryPrimitives.WriteUInt64BigEndian(box.AsSpan(1), master.Id);
        var nonce = box.AsSpan(WrapAt, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(master.Bytes, TagSize);
        cipher.Encrypt(
            nonce, data, box.AsSpan(WrapAt + NonceSize, MasterKey.Size), box.AsSpan(WrapAt + NonceSize + MasterKey.Size, TagSize), associated);
    }

    private byte[] Unwrap(byte[] box, byte[] associated)
    {
        var master = Find(KeyId(box))
            ?? throw new SecretException(new Phrase("secret.absent", ("key", $"{KeyId(box):x16}")));
        var data = new byte[MasterKey.Size];
        try
        {
            using var cipher = new AesGcm(master.Bytes, TagSize);
            cipher.Decrypt(
                box.AsSpan(WrapAt, NonceSize),
                box.AsSpan(WrapAt + NonceSize, MasterKey.Size),
                box.AsSpan(WrapAt + NonceSize + MasterKey.Size, TagSize),
                data,
                associated);
            return data;
        }
        catch (CryptographicException error)
        {
            throw Refused(null, error);
        }
    }

    private MasterKey? Find(ulong id)
    {
        if (_keys.Find(id) is { } known) return known;
        if (again is null) return null;
        _keys = again();
        return _keys.Find(id);
    }

    private static ulong KeyId(byte[] box) => box.Length >= HeadSize && box[0] == Version
        ? BinaryPrimitives.ReadUInt64BigEndian(box.AsSpan(1))
        : throw new SecretException(new Phrase("secret.cut"));

    private static SecretException Refused(SecretScope? scope, Exception error) =>
        new(scope is null ? new Phrase("secret.changed") : new Phrase("secret.changed.row", ("purpose", scope.Purpose), ("row", scope.RowId)), error);
}
