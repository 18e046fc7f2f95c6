using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Switchyard.Platform.Http.Inline;

/// <summary>Marks an endpoint that never computes long and never blocks, so that it may run where its socket is watched.</summary>
internal sealed class InlineCall
{
    public static readonly InlineCall Mark = new();
}

/// <summary>
/// Decides where a request runs: marked endpoints in the thread that received them, everything else on the thread
/// pool as ever. A connection may serve both, one after the other.
/// </summary>
internal sealed class InlineCallMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        // Over HTTP/2 the server hands every request to the pool itself, and many share one socket.
        if (!HttpProtocol.IsHttp11(http.Request.Protocol) || http.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket) return next(http);
        var inline = http.GetEndpoint()?.Metadata.GetMetadata<InlineCall>() is not null;
        return InlineCompletions.Set(socket, inline) && !inline ? OnPoolAsync(http) : next(http);
    }

    private async Task OnPoolAsync(HttpContext http)
    {
        await Pool.Hop();
        await next(http);
    }
}

/// <summary>Marks endpoints and adds the middleware.</summary>
public static class InlineCalls
{
    /// <summary>The endpoint neither blocks nor computes long: it may run in the thread that watches its socket.</summary>
    public static TBuilder RunsInline<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(InlineCall.Mark);

    /// <summary>Lets marked endpoints run inline; after routing, before anything that takes time.</summary>
    public static IApplicationBuilder UseInlineCalls(this IApplicationBuilder app) => app.UseMiddleware<InlineCallMiddleware>();
}
