using System.Text.Json;
using Microsoft.Extensions.AI;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.InProcess;

/// <summary>Turns the abstractions' chat request into the gateway's own. Pure.</summary>
internal static class ChatRequests
{
    private const string OwnKeys = "switchyard.";

    public static LlmRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options, string model, string? user, bool stream)
    {
        var conversation = new List<LlmMessage>();
        if (!string.IsNullOrEmpty(options?.Instructions)) conversation.Add(new LlmMessage(LlmRole.System, [new TextPart(options.Instructions)]));
        foreach (var message in messages) ChatMessages.Add(message, conversation);
        var tools = options?.Tools?.OfType<AIFunctionDeclaration>().Select(tool => new LlmTool(tool.Name, NullIfEmpty(tool.Description), tool.JsonSchema)).ToList();
        return new LlmRequest
        {
            Source = Dialect.OpenAiChat,
            Model = model,
            Messages = conversation,
            Tools = tools ?? [],
            ToolChoice = tools is { Count: > 0 } ? Choice(options?.ToolMode) : null,
            ParallelToolCalls = options?.AllowMultipleToolCalls,
            MaxOutputTokens = options?.MaxOutputTokens,
            Temperature = Exact(options?.Temperature),
            TopP = Exact(options?.TopP),
            TopK = options?.TopK,
            FrequencyPenalty = Exact(options?.FrequencyPenalty),
            PresencePenalty = Exact(options?.PresencePenalty),
            Seed = options?.Seed,
            Stop = options?.StopSequences is { } stop ? [.. stop] : [],
            OutputFormat = Format(options?.ResponseFormat),
            Reasoning = Effort(options?.Reasoning?.Effort) is { } effort ? new LlmReasoning(effort) : null,
            Stream = stream,
            User = user,
            Extras = Extras(options?.AdditionalProperties),
        };
    }

    /// <summary>Properties that are not the gateway's go to the provider as fields of its own.</summary>
    private static Dictionary<string, JsonElement> Extras(AdditionalPropertiesDictionary? properties) =>
        properties?.Where(pair => !pair.Key.StartsWith(OwnKeys, StringComparison.Ordinal) && pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value, InProcessJson.Options)) ?? [];

    private static LlmToolChoice? Choice(ChatToolMode? mode) => mode switch
    {
        RequiredChatToolMode { RequiredFunctionName: { } name } => new LlmToolChoice("tool", name),
        RequiredChatToolMode => new LlmToolChoice("required"),
        NoneChatToolMode => new LlmToolChoice("none"),
        AutoChatToolMode => new LlmToolChoice("auto"),
        _ => null,
    };

    private static LlmOutputFormat? Format(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } json => new LlmOutputFormat("json_schema", json.SchemaName ?? "answer", schema, true, json.SchemaDescription),
        ChatResponseFormatJson => new LlmOutputFormat("json_object"),
        _ => null,
    };

    private static string? Effort(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => null,
    };

    /// <summary>0.7f is meant as 0.7, not as 0.699999988079071.</summary>
    private static double? Exact(float? value) => value is { } number ? (double)(decimal)number : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
