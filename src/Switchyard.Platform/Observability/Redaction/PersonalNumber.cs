namespace Switchyard.Platform.Observability.Redaction;

/// <summary>Decides whether a group of digits names a person or their money.</summary>
internal static class PersonalNumber
{
    // Weights of the resident identity number, GB 11643-1999.
    private static readonly int[] IdentityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The span to take out, or null.</summary>
    public static (int Start, int End)? Find(string text, DigitGroup number, ReadOnlySpan<char> digits)
    {
        digits = digits[..number.Count];
        if (number.Count == 17 && number.End < text.Length && text[number.End] is 'x' or 'X' && IsIdentity(digits, 10))
        {
            return (number.Start, number.End + 1);
        }

        if (number.Count == 18 && IsIdentity(digits[..17], digits[17] - '0')) return (number.Start, number.End);
        if (IsCard(digits) || IsPhone(text, number, digits) || IsSocialSecurity(text, number)) return (number.Start, number.End);
        return null;
    }

    private static bool IsIdentity(ReadOnlySpan<char> digits, int check)
    {
        if (digits[0] == '0' || !IsDate(digits[6..14])) return false;
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (digits[i] - '0') * IdentityWeights[i];
        return (12 - (sum % 11)) % 11 == check;
    }

    private static bool IsDate(ReadOnlySpan<char> yyyymmdd) =>
        int.TryParse(yyyymmdd, out var date) && date is > 18000101 and < 21000000
        && date / 100 % 100 is >= 1 and <= 12 && date % 100 is >= 1 and <= 31;

    /// <summary>ISO/IEC 7812: known prefix and length, Luhn check digit.</summary>
    private static bool IsCard(ReadOnlySpan<char> digits)
    {
        var known = digits.Length switch
        {
            13 => digits[0] == '4',
            14 => digits[0] == '3' && digits[1] is '0' or '6' or '8',
            15 => digits[0] == '3' && digits[1] is '4' or '7',
            16 => digits[0] is >= '2' and <= '6' or '9',
            17 or 18 => digits[0] == '6',
            19 => digits[0] is '4' or '6',
            _ => false,
        };
        return known && Luhn(digits);
    }

    private static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }

        return sum % 10 == 0;
    }

    private static bool IsPhone(string text, DigitGroup number, ReadOnlySpan<char> digits)
    {
        if (number.Plus) return digits.Length is >= 8 and <= 15;
        if (digits.Length == 11 && digits[0] == '1' && digits[1] is >= '3' and <= '9') return true;
        if (digits.Length == 13 && digits is ['8', '6', '1', >= '3' and <= '9', ..]) return true;
        var shape = text.AsSpan(number.Start, number.End - number.Start);
        // (555) 010-9999, 555-010-9999, 555.010.9999, 1-555-010-9999
        return number.Separated && digits.Length is 10 or 11 && Shape(shape) is "(3)3-4" or "3-3-4" or "1-3-3-4" or "1-(3)3-4";
    }

    private static bool IsSocialSecurity(string text, DigitGroup number) =>
        number is { Count: 9, Separated: true } && Shape(text.AsSpan(number.Start, number.End - number.Start)) == "3-2-4"
        && text.AsSpan(number.Start, 4) is not "000-" and not "666-";

    /// <summary>Group lengths with dashes, for example <c>3-3-4</c>; brackets are kept, blanks and dots read as dashes.</summary>
    private static string Shape(ReadOnlySpan<char> number)
    {
        Span<char> shape = stackalloc char[number.Length + 1];
        int length = 0, run = 0;
        foreach (var c in number)
        {
            if (char.IsAsciiDigit(c))
            {
                run++;
                continue;
            }

            if (run > 0) shape[length++] = run < 10 ? (char)('0' + run) : '9';
            run = 0;
            if (c is '(' or ')') shape[length++] = c;
            else if (length > 0 && shape[length - 1] is not ')' and not '-') shape[length++] = '-';
        }

        if (run > 0) shape[length++] = run < 10 ? (char)('0' + run) : '9';
        return new string(shape[..length]);
    }
}
