using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.InProcess;

/// <summary>Turns the abstractions' messages into the gateway's own. Pure.</summary>
internal static class ChatMessages
{
    /// <summary>Adds what <paramref name="message"/> says; tool results become messages of their own, before its words.</summary>
    public static void Add(ChatMessage message, List<LlmMessage> conversation)
    {
        var parts = new List<LlmPart>();
        foreach (var content in message.Contents)
        {
            if (content is FunctionResultContent result) conversation.Add(new LlmMessage(LlmRole.Tool, [Result(result)]));
            else if (Part(content) is { } part) parts.Add(part);
        }

        if (parts.Count == 0 && (message.Role == ChatRole.Tool || message.Contents.Any(content => content is FunctionResultContent))) return;
        conversation.Add(new LlmMessage(Role(message.Role), parts.Count > 0 ? parts : [new TextPart("")], message.AuthorName));
    }

    private static LlmRole Role(ChatRole role) =>
        role == ChatRole.Assistant ? LlmRole.Assistant : role == ChatRole.System || role.Value == "developer" ? LlmRole.System : LlmRole.User;

    private static LlmPart? Part(AIContent content) => content switch
    {
        TextContent text => new TextPart(Whole(text.Text)),
        TextReasoningContent { Text.Length: > 0 } reasoning => new ThinkingPart(Whole(reasoning.Text), reasoning.ProtectedData),
        DataContent data when data.HasTopLevelMediaType("image") => new ImagePart(null, data.MediaType, data.Base64Data.ToString()),
        DataContent data => new FilePart(data.Name, data.MediaType, data.Base64Data.ToString()),
        UriContent uri when uri.HasTopLevelMediaType("image") => new ImagePart(uri.Uri.ToString(), null, null),
        UriContent uri => throw new NotSupportedException($"Content of type {uri.MediaType} cannot be sent by address."),
        FunctionCallContent call => new ToolCallPart(call.CallId, call.Name, Json(call.Arguments ?? new Dictionary<string, object?>())),
        _ => null, // Usage, errors and hosted content of earlier answers say nothing to a model.
    };

    private static ToolResultPart Result(FunctionResultContent result) => result switch
    {
        { Exception: { } failure } => new ToolResultPart(result.CallId, [new TextPart(Whole(result.Result?.ToString() ?? failure.Message))], IsError: true),
        { Result: null } => new ToolResultPart(result.CallId, [new TextPart("")]),
        { Result: string text } => new ToolResultPart(result.CallId, [new TextPart(Whole(text))]),
        { Result: AIContent content } => new ToolResultPart(result.CallId, Part(content) is { } part ? [part] : []),
        { Result: IEnumerable<AIContent> contents } => new ToolResultPart(result.CallId, [.. contents.Select(Part).OfType<LlmPart>()]),
        _ => new ToolResultPart(result.CallId, [new TextPart(Json(result.Result))]),
    };

    private static string Json(object value) => JsonSerializer.Serialize(value, InProcessJson.Options);

    /// <summary>Texts cut inside a character would not be JSON: the half becomes U+FFFD.</summary>
    private static string Whole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }
}
