using System.Globalization;
using Microsoft.AspNetCore.Http;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Configuration;

/// <summary>Versions as entity tags (RFC 9110): <c>"7"</c> is version 7.</summary>
internal static class ETags
{
    /// <summary>The version that <c>If-Match</c> names; null for <c>*</c>; a problem when it is missing or no version.</summary>
    public static Result<long?> Needed(HttpContext http) =>
        http.Request.Headers.IfMatch.Count == 0 ? ProviderProblems.VersionNeeded : Given(http);

    /// <summary>The version that <c>If-Match</c> names; null when it is missing or <c>*</c>.</summary>
    public static Result<long?> Given(HttpContext http)
    {
        var text = http.Request.Headers.IfMatch.ToString().Trim();
        if (text is "" or "*") return (long?)null;
        return long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (long?)version
            : CommonProblems.Malformed("If-Match", "\"1\"");
    }

    /// <summary>Tags the answer.</summary>
    public static void Set(HttpContext http, long version) =>
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
