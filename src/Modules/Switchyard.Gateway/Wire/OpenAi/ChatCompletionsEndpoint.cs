using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire.Documents;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
public static class ChatCompletionsEndpoint
{
    /// <summary>Maps E121.</summary>
    public static void MapChatCompletions(this IEndpointRouteBuilder routes, GatewayEndpoint gateway)
    {
        Task Handle(HttpContext http) => gateway.HandleAsync(http, Dialect.OpenAiChat, RequestShape.ChatCompletions, UpstreamOperation.Chat);
        routes.MapModelCall<ChatCompletionRequest, ChatCompletion, OpenAiErrorDocument>("/v1/chat/completions", Handle)
            .WithName("createChatCompletion")
            .WithSummary("Creates a chat completion, streamed or not, at whichever provider serves the model.")
            .WithDescription("Speaks OpenAI's chat completions; unknown fields reach the provider, unknown answer fields reach you. The model may be a bare name, provider/model, or default.")
            .RequireAccess(Grants.Client);
    }
}
