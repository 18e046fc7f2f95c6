using System.Text.Json;
using Microsoft.Extensions.AI;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.InProcess;

/// <summary>Turns the gateway's answers into the abstractions' own. Pure.</summary>
internal static class ChatAnswers
{
    public static ChatResponse Of(LlmResponse answer, DateTimeOffset created)
    {
        var contents = new List<AIContent>();
        foreach (var part in answer.Parts)
        {
            AIContent? content = part switch
            {
                TextPart text => new TextContent(text.Text),
                RefusalPart refusal => new ErrorContent(refusal.Text) { ErrorCode = "refusal" },
                ThinkingPart thinking => new TextReasoningContent(thinking.Text) { ProtectedData = thinking.Signature },
                ToolCallPart call => Call(call.Id, call.Name, call.Arguments),
                _ => null,
            };
            if (content is not null) contents.Add(content);
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = answer.Id })
        {
            ResponseId = answer.Id,
            ModelId = answer.Model,
            CreatedAt = created,
            FinishReason = Finish(answer.Stop),
            Usage = answer.Usage is { } usage ? Usage(usage) : null,
        };
    }

    public static FunctionCallContent Call(string id, string name, string arguments) => FunctionCallContent.CreateFromParsedArguments(
        arguments, id, name, static json => json.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, object?>>(json, InProcessJson.Options));

    public static UsageDetails Usage(TokenUsage usage)
    {
        long input = (long)usage.Input + usage.CachedRead + usage.CacheWrite;
        return new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = usage.Output,
            TotalTokenCount = input + usage.Output,
            CachedInputTokenCount = usage.CachedRead,
            ReasoningTokenCount = usage.Reasoning,
        };
    }

    public static ChatFinishReason Finish(StopReason stop) => stop switch
    {
        StopReason.Length => ChatFinishReason.Length,
        StopReason.ToolUse => ChatFinishReason.ToolCalls,
        StopReason.Filtered => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };
}
