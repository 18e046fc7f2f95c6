using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Switchyard.EndToEnd.Tests.Secrets;

/// <summary>Secrets of every kind that must never come out: keys of vendors and our own, tokens, and personal data.</summary>
internal static class PlantedSecrets
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";

    private static readonly Gen<string> Token = Gen.Elements(Alphabet.ToCharArray()).ArrayOf(40).Select(c => new string(c));
    private static readonly Gen<int> Digit = Gen.Choose(0, 9);

    /// <summary>What a program proves itself with.</summary>
    public static Gen<string> Key { get; } = Gen.OneOf(
        Token.Select(t => "sk-proj-" + t), Token.Select(t => "sk-ant-api03-" + t), Token.Select(t => "sy-" + t), Token.Select(t => $"eyJ{t}.{t}.{t}"));

    /// <summary>What tells who a person is.</summary>
    public static Gen<string> Personal { get; } = Gen.OneOf(
        Token.Select(t => $"{t[..12].ToLowerInvariant()}@planted.example"),
        Digit.ArrayOf(8).Select(d => $"+86 138 {string.Concat(d[..4])} {string.Concat(d[4..])}"),
        Digit.ArrayOf(9).Select(d => Card("453201" + string.Concat(d))),
        Digit.ArrayOf(3).Select(d => Identity("11010519491231" + string.Concat(d))));

    /// <summary>Any of them.</summary>
    public static Gen<string> Any { get; } = Gen.OneOf(Key, Personal);

    /// <summary>What may stand before a secret in a text.</summary>
    public static Gen<string> Before { get; } = Gen.Elements("", "key: ", "my card is ", "用户 ", "(", "x=", "at ", "- ");

    private static string Card(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? (digit * 2 % 10) + (digit * 2 / 10) : digit;
        }

        return digits + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }

    private static string Identity(string digits)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return digits + "10X98765432"[digits.Zip(weights, (digit, weight) => (digit - '0') * weight).Sum() % 11];
    }
}
