using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire.Documents;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary><c>POST /v1/embeddings</c>.</summary>
public static class EmbeddingsEndpoint
{
    /// <summary>Maps E122.</summary>
    public static void MapEmbeddings(this IEndpointRouteBuilder routes, GatewayEndpoint gateway)
    {
        Task Handle(HttpContext http) => gateway.HandleAsync(http, Dialect.OpenAiChat, RequestShape.Embeddings, UpstreamOperation.Embeddings);
        routes.MapModelCall<EmbeddingRequest, EmbeddingList, OpenAiErrorDocument>("/v1/embeddings", Handle)
            .WithName("createEmbedding")
            .WithSummary("Turns texts into vectors.")
            .RequireAccess(Grants.Client);
    }
}
