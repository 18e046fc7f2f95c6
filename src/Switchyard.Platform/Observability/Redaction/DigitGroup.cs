namespace Switchyard.Platform.Observability.Redaction;

/// <summary>A run of digits with at most one separator (blank, dash, dot, bracket pair) between groups.</summary>
/// <param name="Start">Index of the first character, sign or bracket included.</param>
/// <param name="End">Index after the last digit.</param>
/// <param name="Count">Number of digits; one more than <c>NumberRule</c> keeps means too long.</param>
/// <param name="Runs">Number of unbroken runs.</param>
/// <param name="Plus">Begins with a plus sign.</param>
/// <param name="Separated">Has separators inside.</param>
internal readonly record struct DigitGroup(int Start, int End, int Count, int Runs, bool Plus, bool Separated)
{
    /// <summary>Reads at most <paramref name="maxRuns"/> runs, and no more digits than fit.</summary>
    public static DigitGroup Read(string text, int start, int maxRuns, Span<char> digits)
    {
        var plus = text[start] == '+';
        var at = start + (plus || text[start] == '(' ? 1 : 0);
        int count = 0, end = at, runs = 1;
        var separated = text[start] == '(';
        while (at < text.Length && count < digits.Length)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                digits[count++] = text[at++];
                end = at;
                continue;
            }

            var gap = Gap(text, at);
            if (gap == 0 || runs == maxRuns) break;
            separated = true;
            runs++;
            at += gap;
        }

        return new DigitGroup(start, end, count, runs, plus, separated);
    }

    /// <summary>Length of the separator that leads to another digit; 0 when the number ends here.</summary>
    private static int Gap(string text, int at)
    {
        var length = 0;
        while (length < 3 && at + length < text.Length && text[at + length] is ' ' or '-' or '.' or '(' or ')' or '\u00a0')
        {
            if (length > 0 && text[at + length] == text[at + length - 1]) return 0;
            length++;
            if (at + length >= text.Length) return 0;
        }

        return length > 0 && at + length < text.Length && char.IsAsciiDigit(text[at + length]) ? length : 0;
    }
}
