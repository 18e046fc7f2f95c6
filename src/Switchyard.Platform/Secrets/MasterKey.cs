using System.Security.Cryptography;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Secrets;

/// <summary>One 256-bit key that wraps data keys.</summary>
/// <param name="Id">First eight bytes of its SHA-256; says which key wrapped a secret and reveals nothing of it.</param>
public sealed record MasterKey(ulong Id, [property: System.Text.Json.Serialization.JsonIgnore] byte[] Bytes)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    /// <summary>A new random key.</summary>
    public static MasterKey Create() => From(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Reads base64 or hexadecimal text.</summary>
    /// <exception cref="SecretException">It is not a 256-bit key.</exception>
    public static MasterKey Parse(string text)
    {
        text = text.Trim();
        try
        {
            var bytes = text.Length == Size * 2 ? Convert.FromHexString(text) : Convert.FromBase64String(text);
            if (bytes.Length == Size) return From(bytes);
        }
        catch (FormatException)
        {
            // Said below, without the text.
        }

        throw new SecretException(new Phrase("secret.malformed"));
    }

    /// <summary>The key as base64, for its file only.</summary>
    public string ToText() => Convert.ToBase64String(Bytes);

    /// <inheritdoc/>
    public override string ToString() => $"master key {Id:x16}";

    private static MasterKey From(byte[] bytes) =>
        new(BitConverter.ToUInt64(SHA256.HashData(bytes), 0), bytes);
}
