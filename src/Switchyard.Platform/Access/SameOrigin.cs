using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Access;

/// <summary>
/// Keeps other sites from writing with a visitor's cookie: the browser must say that the request comes from our own
/// pages, and the body must be of a type that no plain form can send. The cookie is SameSite=Strict besides.
/// </summary>
public static class SameOrigin
{
    /// <summary>Marks an endpoint that sets a cookie: other sites must not call it, even before there is a cookie.</summary>
    public static TBuilder OwnPagesOnly<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(Marker.Instance);
        return builder;
    }

    /// <summary>What is wrong with a write that a cookie vouches for; null when it may pass.</summary>
    public static Problem? CheckCookieWrite(HttpContext http)
    {
        var request = http.Request;
        if (IsRead(request.Method)) return null;
        if (request.Headers.Origin.Count == 0 || !ComesFromHere(request)) return AccessProblems.OtherOrigin;
        return HasBody(request) && !IsExpectedType(http) ? AccessProblems.JsonBodyNeeded : null;
    }

    /// <summary>The same for a write without a cookie on a marked endpoint, where programs send no origin.</summary>
    public static Problem? CheckMarked(HttpContext http, Endpoint endpoint)
    {
        var request = http.Request;
        if (IsRead(request.Method) || endpoint.Metadata.GetMetadata<Marker>() is null) return null;
        if (!ComesFromHere(request)) return AccessProblems.OtherOrigin;
        return HasBody(request) && !request.HasJsonContentType() ? AccessProblems.JsonBodyNeeded : null;
    }

    private static bool IsRead(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool ComesFromHere(HttpRequest request)
    {
        // The browser's own word, out of reach of scripts. It holds behind a proxy that changes the host too.
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0) return site == "same-origin";
        var origin = request.Headers.Origin;
        if (origin.Count == 0) return true;

        // Older browsers and plain http. The scheme may differ behind a proxy that ends TLS; the host may not.
        return origin.Count == 1
            && Uri.TryCreate(origin[0], UriKind.Absolute, out var from)
            && from.Scheme is "http" or "https"
            && string.Equals(from.IsDefaultPort ? from.Host : from.Authority, WithoutDefaultPort(request.Host), StringComparison.OrdinalIgnoreCase);
    }

    private static string WithoutDefaultPort(HostString host) => host.Port is 80 or 443 ? host.Host : host.Value ?? "";

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    // An upload declares its own types; nothing else may come but JSON.
    private static bool IsExpectedType(HttpContext http)
    {
        if (http.Request.HasJsonContentType()) return true;
        var type = http.Request.ContentType?.Split(';', 2)[0].Trim();
        return type is not null
            && http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts
            && accepts.ContentTypes.Contains(type, StringComparer.OrdinalIgnoreCase);
    }

    private sealed class Marker
    {
        public static readonly Marker Instance = new();
    }
}
