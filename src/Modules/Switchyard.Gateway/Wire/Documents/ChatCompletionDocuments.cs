using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Gateway.Wire.Documents;

// Shapes for the API document only: calls pass through as bytes, and fields that are not named here pass too.
// Source: the public OpenAI API description.

/// <summary>An OpenAI chat completion request. Fields not named here reach the provider unchanged.</summary>
/// <param name="Model">Bare model name, <c>provider/model</c>, or <c>default</c> for the active provider's first model.</param>
/// <param name="Messages">Conversation in order.</param>
/// <param name="Stream">True to receive server-sent events.</param>
/// <param name="StreamOptions">What a stream adds.</param>
/// <param name="MaxCompletionTokens">Cap on output tokens.</param>
/// <param name="Temperature">0 to 2.</param>
/// <param name="TopP">Nucleus sampling, 0 to 1.</param>
/// <param name="Stop">Up to four texts that end the answer, or one text.</param>
/// <param name="Tools">Functions that the model may call.</param>
/// <param name="ToolChoice"><c>auto</c>, <c>none</c>, <c>required</c>, or a named function.</param>
/// <param name="ResponseFormat">Demanded output shape, for example a JSON schema.</param>
/// <param name="ReasoningEffort">How much a reasoning model should think.</param>
/// <param name="User">Your end user; recorded with the call.</param>
/// <param name="Metadata">Your labels; recorded with the call.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatCompletionRequest(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("messages")] IReadOnlyList<ChatMessage> Messages,
    [property: JsonPropertyName("stream")] bool Stream = false,
    [property: JsonPropertyName("stream_options")] ChatStreamOptions? StreamOptions = null,
    [property: JsonPropertyName("max_completion_tokens")] int? MaxCompletionTokens = null,
    [property: JsonPropertyName("temperature")] double? Temperature = null,
    [property: JsonPropertyName("top_p")] double? TopP = null,
    [property: JsonPropertyName("stop")] JsonElement? Stop = null,
    [property: JsonPropertyName("tools")] IReadOnlyList<ChatTool>? Tools = null,
    [property: JsonPropertyName("tool_choice")] JsonElement? ToolChoice = null,
    [property: JsonPropertyName("response_format")] JsonElement? ResponseFormat = null,
    [property: JsonPropertyName("reasoning_effort")] string? ReasoningEffort = null,
    [property: JsonPropertyName("user")] string? User = null,
    [property: JsonPropertyName("metadata")] JsonElement? Metadata = null);

/// <summary>What a stream adds.</summary>
/// <param name="IncludeUsage">Send a last chunk with the tokens used.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatStreamOptions([property: JsonPropertyName("include_usage")] bool IncludeUsage);

/// <summary>One message.</summary>
/// <param name="Role"><c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Content">Text, or a list of text and image parts.</param>
/// <param name="ToolCalls">Calls that the assistant made.</param>
/// <param name="ToolCallId">Call that a tool message answers.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatMessage(
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("content")] JsonElement? Content = null,
    [property: JsonPropertyName("tool_calls")] IReadOnlyList<ChatToolCall>? ToolCalls = null,
    [property: JsonPropertyName("tool_call_id")] string? ToolCallId = null);

/// <summary>A function that the model may call.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatTool(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("function")] ChatFunction Function);

/// <summary>Name, description and JSON schema of a function's arguments.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatFunction(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string? Description = null,
    [property: JsonPropertyName("parameters")] JsonElement? Parameters = null);

/// <summary>A call that the model made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatToolCall(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("function")] ChatCalledFunction Function);

/// <summary>Name and arguments (JSON text) of a call.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatCalledFunction(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("arguments")] string Arguments);

/// <summary>A complete answer; streams send it in pieces as <c>chat.completion.chunk</c> events and end with <c>[DONE]</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatCompletion(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("choices")] IReadOnlyList<ChatChoice> Choices,
    [property: JsonPropertyName("usage")] ChatUsage? Usage = null);

/// <summary>One answer.</summary>
/// <param name="FinishReason"><c>stop</c>, <c>length</c>, <c>tool_calls</c> or <c>content_filter</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatChoice(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("message")] ChatMessage Message,
    [property: JsonPropertyName("finish_reason")] string? FinishReason);

/// <summary>Tokens used; cached and reasoning tokens are parts of the totals.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChatUsage(
    [property: JsonPropertyName("prompt_tokens")] int PromptTokens,
    [property: JsonPropertyName("completion_tokens")] int CompletionTokens,
    [property: JsonPropertyName("total_tokens")] int TotalTokens);
