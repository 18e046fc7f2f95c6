using System.Text.RegularExpressions;

namespace Switchyard.Platform.Observability.Redaction;

/// <summary>API keys, bearer tokens, signed tokens, passwords in addresses and in <c>name=value</c> form.</summary>
internal static class SecretRule
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // Authorization: Bearer …, Basic …
    private static readonly Regex Scheme = new(@"(?i)(bearer|basic)[ \t]+[A-Za-z0-9._~+/=\-]{6,}", Linear);

    // Vendor and own key forms: sy-…, sk-…, sk-ant-…, rk_live_…, AKIA…, ghp_…, hf_…, xoxb-…
    private static readonly Regex Key = new(
        @"(sy|sk|pk|rk|ak|gsk|xai|ghp|gho|hf|xox[abp]|whsec)[-_][A-Za-z0-9_\-]{12,}|AKIA[0-9A-Z]{16}|AIza[A-Za-z0-9_\-]{30,}", Linear);

    // JSON web tokens.
    private static readonly Regex Signed = new(@"eyJ[A-Za-z0-9_\-]{6,}\.[A-Za-z0-9_\-]{6,}(\.[A-Za-z0-9_\-]*)?", Linear);

    // scheme://user:password@host
    private static readonly Regex UserInfo = new(@"(?<open>[a-z][a-z0-9+.\-]{1,20}://[^\s/:@]{0,100}:)[^\s/@]{1,200}@", Linear);

    // api-key: …, "password": "…", Password=…;
    private static readonly Regex Named = new(
        @"(?i)(?<name>(x-)?(api[-_ ]?key|apikey|authorization|password|passwd|pwd|client[-_]?secret|secret|access[-_]?token|refresh[-_]?token|id[-_]?token|session[-_]?token|cookie|set-cookie)\\?[""']?[ \t]*[:=][ \t]*\\?[""']?)(?<value>[^\s""',;&}\])\\]{4,})",
        Linear);

    public static string Apply(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal)) text = UserInfo.Replace(text, "${open}" + Redactor.Mask + "@");
        text = Scheme.Replace(text, "$1 " + Redactor.Mask);
        text = Key.Replace(text, match => LooksRandom(match.ValueSpan) ? Redactor.Mask : match.Value);
        text = Signed.Replace(text, Redactor.Mask);
        return Named.Replace(text, Unnamed);
    }

    /// <summary>Hyphenated words are lower case without digits; keys are not.</summary>
    private static bool LooksRandom(ReadOnlySpan<char> key) =>
        key.ContainsAnyInRange('0', '9') || key[4..].ContainsAnyInRange('A', 'Z');

    private static string Unnamed(Match match) =>
        match.Groups["value"].Value is "Bearer" or "Basic" or Redactor.Mask or "null" or "true" or "false"
            ? match.Value
            : match.Groups["name"].Value + Redactor.Mask;
}
