using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Switchyard.Platform.Localization;

/// <summary>The languages that every message exists in.</summary>
public static class Language
{
    public const string English = "en-US";
    public const string Chinese = "zh-CN";

    /// <summary>All, default first.</summary>
    public static IReadOnlyList<string> All { get; } = [English, Chinese];

    /// <summary>The caller's language by <c>Accept-Language</c> (quality values honoured); English when it names none of ours.</summary>
    public static string Of(HttpContext http) => Of(http.Request.Headers.AcceptLanguage.ToString());

    /// <summary>Chooses from an <c>Accept-Language</c> value.</summary>
    public static string Of(string? acceptLanguage)
    {
        if (string.IsNullOrEmpty(acceptLanguage)) return English;
        // The common single-value forms, without parsing a list.
        if (acceptLanguage is English or "en") return English;
        if (acceptLanguage is Chinese or "zh") return Chinese;
        if (acceptLanguage.Length > 500 || !StringWithQualityHeaderValue.TryParseList([acceptLanguage], out var wanted)) return English;
        var best = wanted
            .Where(w => w.Quality is null or > 0)
            .OrderByDescending(w => w.Quality ?? 1)
            .Select(w => Known(w.Value.AsSpan()))
            .FirstOrDefault(known => known is not null);
        return best ?? English;
    }

    private static string? Known(ReadOnlySpan<char> tag) =>
        tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese
        : tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English
        : null;
}
