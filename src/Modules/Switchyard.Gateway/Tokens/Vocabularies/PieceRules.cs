namespace Switchyard.Gateway.Tokens.Vocabularies;

/// <summary>
/// Cuts a text into the pieces that are encoded one by one: the patterns of tiktoken's <c>openai_public.py</c>, written
/// out by hand, for the regular expressions of .NET see UTF-16 units where those see code points, and backtrack.
/// </summary>
internal static class PieceRules
{
    /// <summary>The end of the piece that begins at <paramref name="at"/>, by the rules of <c>o200k_base</c>.</summary>
    public static int O200k(ReadOnlySpan<char> text, int at)
    {
        var first = Runes.At(text, at, out var length);
        if (Word(text, at, first, length) is > 0 and var word) return word;
        return NotLetters(text, at, first, length, slashes: true);
    }

    /// <summary>The same by the rules of <c>cl100k_base</c>.</summary>
    public static int Cl100k(ReadOnlySpan<char> text, int at)
    {
        if (Contraction(text, at) is > 0 and var contraction) return contraction;
        var first = Runes.At(text, at, out var length);
        var letters = (first & (RuneClass.Letter | RuneClass.Number | RuneClass.LineEnd)) == 0 ? at + length : at;
        if (Run(text, letters, RuneClass.Letter, int.MaxValue) is var end && end > letters) return end;
        return NotLetters(text, at, first, length, slashes: false);
    }

    // [^\r\n\p{L}\p{N}]? in front of letters that end small, else of letters that are all capitals; with and without the
    // character in front, in the order in which the pattern tries them.
    private static int Word(ReadOnlySpan<char> text, int at, RuneClass first, int length)
    {
        var mayLead = (first & (RuneClass.Letter | RuneClass.Number | RuneClass.LineEnd)) == 0;
        var end = mayLead ? EndsSmall(text, at + length) : 0;
        if (end == 0) end = EndsSmall(text, at);
        if (end == 0 && mayLead) end = Capitals(text, at + length);
        if (end == 0) end = Capitals(text, at);
        return end == 0 ? 0 : Math.Max(end, Contraction(text, end));
    }

    // [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+; 0 when it does not match.
    private static int EndsSmall(ReadOnlySpan<char> text, int at)
    {
        var small = 0;
        var end = at;
        while (end < text.Length)
        {
            var kind = Runes.At(text, end, out var length);
            if ((kind & (RuneClass.Upper | RuneClass.Caseless | RuneClass.Mark)) == 0) break;
            end += length;
            if (kind != RuneClass.Upper) small = end;
        }

        var after = Run(text, end, RuneClass.Lower | RuneClass.Caseless | RuneClass.Mark, int.MaxValue);
        return after > end ? after : small;
    }

    // [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+ ; what could follow would have matched above.
    private static int Capitals(ReadOnlySpan<char> text, int at)
    {
        var end = Run(text, at, RuneClass.Upper | RuneClass.Caseless | RuneClass.Mark, int.MaxValue);
        return end > at ? end : 0;
    }

    private static int NotLetters(ReadOnlySpan<char> text, int at, RuneClass first, int length, bool slashes)
    {
        if (first == RuneClass.Number) return Run(text, at, RuneClass.Number, 3);
        var signs = text[at] == ' ' ? at + 1 : at;
        if (Signs(text, signs) is var end && end > signs)
        {
            while (end < text.Length && (text[end] is '\r' or '\n' || (slashes && text[end] == '/'))) end++;
            return end;
        }

        return White(text, at);
    }

    // [^\s\p{L}\p{N}]+
    private static int Signs(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length)
        {
            if ((Runes.At(text, at, out var length) & (RuneClass.White | RuneClass.Letter | RuneClass.Number)) != 0) break;
            at += length;
        }

        return at;
    }

    // \s*[\r\n]+ | \s+(?!\S) | \s+
    private static int White(ReadOnlySpan<char> text, int at)
    {
        var (end, last, lines) = (at, at, 0);
        while (end < text.Length)
        {
            var kind = Runes.At(text, end, out var length);
            if ((kind & RuneClass.White) == 0) break;
            last = end;
            end += length;
            if (kind == RuneClass.LineEnd) lines = end;
        }

        if (lines > 0) return lines;
        return end == text.Length || last == at ? end : last;
    }

    private static int Run(ReadOnlySpan<char> text, int at, RuneClass of, int most)
    {
        while (at < text.Length && most-- > 0)
        {
            if ((Runes.At(text, at, out var length) & of) == 0) break;
            at += length;
        }

        return at;
    }

    // 's 't 're 've 'm 'll 'd in any case; 0 when there is none.
    private static int Contraction(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 >= text.Length || text[at] != '\'') return 0;
        var one = (char)(text[at + 1] | 0x20);
        if (char.IsAsciiLetter(text[at + 1]) && one is 's' or 't' or 'm' or 'd') return at + 2;
        if (at + 2 >= text.Length || !char.IsAsciiLetter(text[at + 1]) || !char.IsAsciiLetter(text[at + 2])) return 0;
        return (one, (char)(text[at + 2] | 0x20)) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? at + 3 : 0;
    }
}
