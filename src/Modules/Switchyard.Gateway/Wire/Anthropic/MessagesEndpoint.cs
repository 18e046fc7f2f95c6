using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire.Documents;
using Switchyard.Gateway.Wire.OpenAi;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary><c>POST /v1/messages</c>.</summary>
public static class MessagesEndpoint
{
    /// <summary>Maps E123.</summary>
    public static void MapMessages(this IEndpointRouteBuilder routes, GatewayEndpoint gateway)
    {
        Task Handle(HttpContext http) => gateway.HandleAsync(http, Dialect.AnthropicMessages, RequestShape.Messages, UpstreamOperation.Chat);
        routes.MapModelCall<MessageRequest, MessageAnswer, AnthropicErrorDocument>("/v1/messages", Handle)
            .WithName("createMessage")
            .WithSummary("Creates a message, streamed or not, at whichever provider serves the model.")
            .WithDescription("Speaks Anthropic's Messages; at a provider of another dialect the call is translated, and x-switchyard-loss names what that could not carry.")
            .RequireAccess(Grants.Client);
    }
}
