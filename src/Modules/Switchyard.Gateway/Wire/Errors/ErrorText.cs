using System.Text.RegularExpressions;
using Switchyard.Platform.Observability.Redaction;

namespace Switchyard.Gateway.Wire.Errors;

/// <summary>Makes a foreign text fit to be shown, logged and sent on: one line, short, without keys and personal data.</summary>
public static class ErrorText
{
    private const int Longest = 1_000;

    private static readonly Regex KeyLike = new(
        @"\b(?:sk|pk|rk|sy|ak|key|token)[-_][A-Za-z0-9_\-\*\.]{6,}|\b[Bb]earer\s+[^\s,;""']+|\bAIza[A-Za-z0-9_\-]{10,}|\b(?:api[-_ ]?key|x-api-key|authorization)\s*[=:]\s*[^\s,;""']+|\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-\.]+",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Cleans <paramref name="text"/>.</summary>
    /// <param name="secrets">Keys in use, removed wherever they stand.</param>
    public static string Clean(string text, params ReadOnlySpan<string?> secrets)
    {
        if (text.Length > Longest * 4) text = text[..(Longest * 4)];
        foreach (var secret in secrets)
            if (secret is { Length: >= 4 }) text = text.Replace(secret, "[key]", StringComparison.Ordinal);
        text = Redactor.Redact(KeyLike.Replace(text, "[key]"));
        text = string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
        });
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Longest - 2]) ? Longest - 2 : Longest - 1), "…");
    }
}
