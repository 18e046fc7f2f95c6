using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Switchyard.Server.WebConsole;

/// <summary>
/// Serves the console: hashed assets for ever, everything else asked for anew; addresses of its pages give
/// <c>index.html</c>, so that a link or a reload lands where it should.
/// </summary>
internal sealed class ConsoleMiddleware(RequestDelegate next, ConsoleFiles files)
{
    private const string NotBuilt = """
        <!doctype html><meta charset="utf-8"><title>Switchyard</title>
        <h1>The console was not built</h1>
        <p>The service runs; its API is at <a href="/openapi/v1.json">/openapi/v1.json</a>.</p>
        <p>Build the console with <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>, or start with <code>dotnet run --project src/Switchyard.Server</code> and Node.js 20 installed.</p>
        """;

    // Paths of programs: a mistake there must give an error, never a page.
    private static readonly PathString[] Programs = ["/api", "/admin/config", "/v1", "/health", "/metrics", "/openapi", "/assets"];

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (http.GetEndpoint() is not null || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))) return next(http);
        var path = request.Path.Value ?? "/";
        if (path != "/" && files.Get(path) is { } file)
        {
            var hashed = path.StartsWith("/assets/", StringComparison.Ordinal);
            return SendAsync(http, file, hashed ? "public, max-age=31536000, immutable" : "no-cache");
        }

        if (Programs.Any(p => request.Path.StartsWithSegments(p, StringComparison.Ordinal)) || !WantsPage(request)) return next(http);
        if (files.Get("/index.html") is { } page) return SendAsync(http, page, "no-cache");
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(NotBuilt);
    }

    private static bool WantsPage(HttpRequest request) =>
        !Path.HasExtension(request.Path.Value) && request.Headers.Accept.ToString() is var accept
        && (accept.Length == 0 || accept.Contains("text/html", StringComparison.Ordinal) || accept.Contains("*/*", StringComparison.Ordinal));

    private static async Task SendAsync(HttpContext http, ConsoleFile file, string cache)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = cache;
        headers.ETag = file.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch == new StringValues(file.Tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var packed = file.Brotli is not null && http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (packed) headers.ContentEncoding = "br";
        var bytes = packed ? file.Brotli! : file.Plain;
        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = bytes.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
