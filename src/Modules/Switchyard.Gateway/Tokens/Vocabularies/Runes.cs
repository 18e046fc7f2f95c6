using System.Globalization;
using System.Text;

namespace Switchyard.Gateway.Tokens.Vocabularies;

/// <summary>The classes of characters that the patterns of the vocabularies tell apart.</summary>
[Flags]
internal enum RuneClass : byte
{
    /// <summary>Punctuation, symbols, everything else.</summary>
    Other = 0,

    /// <summary>Lu, Lt: capitals only.</summary>
    Upper = 1,

    /// <summary>Ll: small letters only.</summary>
    Lower = 2,

    /// <summary>Lm, Lo: letters that are neither, and count as both.</summary>
    Caseless = 4,

    /// <summary>Mn, Mc, Me: count as both too, but are no letters.</summary>
    Mark = 8,

    /// <summary>Nd, Nl, No.</summary>
    Number = 16,

    /// <summary>Unicode's White_Space without line ends.</summary>
    Space = 32,

    /// <summary>Carriage return and line feed.</summary>
    LineEnd = 64,

    /// <summary>All letters.</summary>
    Letter = Upper | Lower | Caseless,

    /// <summary>All white space.</summary>
    White = Space | LineEnd,
}

/// <summary>Reads a text rune by rune with its class; an unpaired surrogate is <see cref="RuneClass.Other"/>.</summary>
internal static class Runes
{
    private static readonly RuneClass[] Ascii = [.. Enumerable.Range(0, 128).Select(c => Classify(new Rune((char)c)))];

    /// <summary>The class of the rune at <paramref name="at"/> and how many chars it takes.</summary>
    public static RuneClass At(ReadOnlySpan<char> text, int at, out int length)
    {
        var c = text[at];
        length = 1;
        if (c < 128) return Ascii[c];
        if (Rune.DecodeFromUtf16(text[at..], out var rune, out length) == System.Buffers.OperationStatus.Done) return Classify(rune);
        length = 1;
        return RuneClass.Other;
    }

    private static RuneClass Classify(Rune rune)
    {
        if (rune.Value is '\r' or '\n') return RuneClass.LineEnd;
        if (Rune.IsWhiteSpace(rune)) return RuneClass.Space;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => RuneClass.Upper,
            UnicodeCategory.LowercaseLetter => RuneClass.Lower,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => RuneClass.Caseless,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => RuneClass.Mark,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => RuneClass.Number,
            _ => RuneClass.Other,
        };
    }
}
