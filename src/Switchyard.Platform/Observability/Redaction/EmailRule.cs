using System.Text.RegularExpressions;

namespace Switchyard.Platform.Observability.Redaction;

/// <summary>E-mail addresses; the host stays, because it helps and names nobody.</summary>
internal static class EmailRule
{
    private static readonly Regex Address = new(
        @"[\p{L}\p{N}._%+\-']{1,64}@(?<host>[\p{L}\p{N}\-]{1,63}(\.[\p{L}\p{N}\-]{1,63}){1,8})",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static string Apply(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? Address.Replace(text, Redactor.Mask + "@${host}") : text;
}
