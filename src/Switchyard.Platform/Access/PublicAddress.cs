using Microsoft.AspNetCore.Http;

namespace Switchyard.Platform.Access;

/// <summary>
/// How the caller's browser reaches us, which behind a proxy is not how the request reached us. Used only in answers
/// to that same caller: for a link to pass on, and to say whether a cookie is for https alone.
/// </summary>
internal static class PublicAddress
{
    /// <summary>Scheme and host, without a slash at the end.</summary>
    public static string Of(HttpContext http)
    {
        // The access middleware has already compared the origin of a cookie write with our host.
        var origin = http.Request.Headers.Origin.ToString();
        return Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme is "http" or "https"
            ? from!.GetLeftPart(UriPartial.Authority)
            : $"{http.Request.Scheme}://{http.Request.Host}";
    }

    /// <summary>True when the caller came by https, here or at a proxy before us.</summary>
    public static bool IsHttps(HttpContext http) =>
        http.Request.IsHttps
        || string.Equals(http.Request.Headers["X-Forwarded-Proto"], "https", StringComparison.OrdinalIgnoreCase)
        || http.Request.Headers.Origin.ToString().StartsWith("https://", StringComparison.Ordinal);
}
