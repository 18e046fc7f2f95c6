using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Http;

/// <summary>Row versions as entity tags: <c>ETag: "7"</c>, <c>If-Match: "7"</c>, <c>If-None-Match: "7"</c>.</summary>
public static class VersionTag
{
    /// <summary>The entity tag of a version.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The version that <c>If-Match</c> demands; null without the header and for <c>*</c>. Refused when the header is
    /// not one of our tags: a precondition that cannot be understood must not pass.
    /// </summary>
    public static Result<long?> IfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch.ToString();
        if (header.Length == 0 || header == "*") return (long?)null;
        return EntityTagHeaderValue.TryParse(header, out var tag) && Version(tag) is { } version
            ? version
            : CommonProblems.Malformed("If-Match", new Phrase("expected.etag"));
    }

    /// <summary>True when the caller already has <paramref name="version"/>.</summary>
    public static bool IsKnown(HttpRequest request, long version) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(tag => tag.Tag == "*" || Version(tag) == version);

    private static long? Version(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
