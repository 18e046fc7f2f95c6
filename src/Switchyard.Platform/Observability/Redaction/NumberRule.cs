using System.Text;

namespace Switchyard.Platform.Observability.Redaction;

/// <summary>
/// Telephone, payment-card and identity numbers. Reads the text once, collects digit groups with their usual
/// separators and decides by length, prefix and check digit, so that times, ids and counts stay readable.
/// </summary>
internal static class NumberRule
{
    private const int MaxDigits = 19;

    public static string Apply(string text)
    {
        StringBuilder? output = null;
        var copied = 0;
        var at = 0;
        Span<char> digits = stackalloc char[MaxDigits + 1];
        while (at < text.Length)
        {
            if (!Starts(text, at))
            {
                at++;
                continue;
            }

            if (HexToken(text, at) is var hex and > 0)
            {
                at += hex;
                continue;
            }

            if (Find(text, at, digits, out var firstRunEnd) is { } found)
            {
                output ??= new StringBuilder(text.Length);
                output.Append(text, copied, found.Start - copied).Append(Redactor.Mask);
                copied = found.End;
                at = found.End;
            }
            else
            {
                at = firstRunEnd;
            }
        }

        return output is null ? text : output.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The longest number that begins here: two numbers beside each other must not hide one another.</summary>
    private static (int Start, int End)? Find(string text, int at, Span<char> digits, out int firstRunEnd)
    {
        var runs = MaxDigits;
        do
        {
            var number = DigitGroup.Read(text, at, runs, digits);
            firstRunEnd = number.End;
            if (number.Count <= MaxDigits && PersonalNumber.Find(text, number, digits) is { } found) return found;
            runs = number.Runs - 1;
        }
        while (runs > 0);
        return null;
    }

    private static bool Starts(string text, int at) =>
        char.IsAsciiDigit(text[at])
        || (text[at] == '+' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
        || (text[at] == '(' && at + 4 < text.Length && char.IsAsciiDigit(text[at + 1]) && text[at + 4] == ')');

    /// <summary>Length of an identifier in hexadecimal (UUID, trace or hash) that begins here or around here; 0 for none.</summary>
    private static int HexToken(string text, int at)
    {
        var start = at;
        while (start > 0 && IsHex(text[start - 1])) start--;
        var end = start;
        int letters = 0, dashes = 0, hexes = 0;
        while (end < text.Length && IsHex(text[end]))
        {
            if (text[end] == '-') dashes++;
            else
            {
                hexes++;
                if (!char.IsAsciiDigit(text[end])) letters++;
            }

            end++;
        }

        var uuid = dashes >= 4 && hexes >= 32;
        var hash = dashes == 0 && letters > 0 && hexes is 16 or 32 or 40 or 64;
        return uuid || hash ? end - at : 0;
    }

    private static bool IsHex(char c) => char.IsAsciiHexDigit(c) || c == '-';
}
