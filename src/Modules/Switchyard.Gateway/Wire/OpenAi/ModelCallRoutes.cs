using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Http.Inline;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>How all model endpoints are mapped: straight to the handler, without binding, but described like any other.</summary>
internal static class ModelCallRoutes
{
    private static readonly int[] Statuses = [400, 401, 403, 404, 408, 413, 415, 429, 500, 502, 503, 504];

    /// <typeparam name="TRequest">Shape of the body, for the document.</typeparam>
    /// <typeparam name="TAnswer">Shape of the complete answer.</typeparam>
    /// <typeparam name="TError">Shape of an error.</typeparam>
    public static IEndpointConventionBuilder MapModelCall<TRequest, TAnswer, TError>(this IEndpointRouteBuilder routes, string pattern, RequestDelegate handler)
    {
        var builder = routes.MapPost(pattern, handler)
            .WithTags("gateway")
            .RunsInline()
            // The method makes the endpoint visible to the API document.
            .WithMetadata(handler.Method)
            .WithMetadata(new AcceptsMetadata(["application/json"], typeof(TRequest)))
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(TAnswer), ["application/json", "text/event-stream"]));
        foreach (var status in Statuses) builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(TError), ["application/json"]));
        return builder;
    }
}
