using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>How all model endpoints are mapped: straight to the handler, without binding, but described like any other.</summary>
internal static class ModelCallRoutes
{
    private static readonly int[] Statuses = [400, 401, 403, 404, 413, 429, 502, 503, 504];

    public static IEndpointConventionBuilder MapModelCall(this IEndpointRouteBuilder routes, string pattern, RequestDelegate handler)
    {
        var builder = routes.MapPost(pattern, handler)
            .WithTags("gateway")
            // The method makes the endpoint visible to the API document.
            .WithMetadata(handler.Method)
            .WithMetadata(new AcceptsMetadata(["application/json"], typeof(object)))
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(object), ["application/json", "text/event-stream"]));
        foreach (var status in Statuses) builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(object), ["application/json"]));
        return builder;
    }
}
