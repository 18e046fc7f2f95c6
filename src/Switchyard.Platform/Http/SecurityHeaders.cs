using Microsoft.AspNetCore.Http;

namespace Switchyard.Platform.Http;

/// <summary>
/// Headers that keep a browser from framing, sniffing or leaking what the console shows. Model routes
/// (<c>/v1</c>) are for programs and skip them.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    // Mantine sets style attributes at run time, hence 'unsafe-inline' for styles only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers.ContentSecurityPolicy = Policy;
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        }

        return next(http);
    }
}
