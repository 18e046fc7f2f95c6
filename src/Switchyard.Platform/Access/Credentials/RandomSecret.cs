using System.Security.Cryptography;

namespace Switchyard.Platform.Access.Credentials;

/// <summary>Makes random secrets.</summary>
public static class RandomSecret
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // 62^43 > 2^256
    private const int Length = 43;

    /// <summary>256 random bits in letters and digits.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>A new API key: <c>sy-</c>, eight characters that may be shown, 256 random bits.</summary>
    public static string NewKey() => "sy-" + RandomNumberGenerator.GetString(Alphabet, 8) + New();

    /// <summary>The part of an API key that may be shown.</summary>
    public static string PrefixOf(string key) => key[..11];
}
