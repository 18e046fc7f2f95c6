using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Gateway.Wire.Documents;

// Shapes for the API document only; source: Anthropic's public Messages reference.

/// <summary>An Anthropic Messages request. Fields not named here reach an Anthropic provider unchanged.</summary>
/// <param name="Model">Bare model name, <c>provider/model</c>, or <c>default</c>.</param>
/// <param name="MaxTokens">Cap on output tokens.</param>
/// <param name="Messages">Turns of user and assistant.</param>
/// <param name="System">Instructions: text, or a list of text blocks.</param>
/// <param name="Stream">True to receive server-sent events.</param>
/// <param name="Temperature">0 to 1.</param>
/// <param name="StopSequences">Texts that end the answer.</param>
/// <param name="Tools">Tools that the model may use.</param>
/// <param name="ToolChoice">Whether and which tool must be used.</param>
/// <param name="Thinking">Extended thinking and its budget.</param>
/// <param name="Metadata">May name your end user as <c>user_id</c>; recorded with the call.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record MessageRequest(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("max_tokens")] int MaxTokens,
    [property: JsonPropertyName("messages")] IReadOnlyList<MessageTurn> Messages,
    [property: JsonPropertyName("system")] JsonElement? System = null,
    [property: JsonPropertyName("stream")] bool Stream = false,
    [property: JsonPropertyName("temperature")] double? Temperature = null,
    [property: JsonPropertyName("stop_sequences")] IReadOnlyList<string>? StopSequences = null,
    [property: JsonPropertyName("tools")] IReadOnlyList<MessageTool>? Tools = null,
    [property: JsonPropertyName("tool_choice")] JsonElement? ToolChoice = null,
    [property: JsonPropertyName("thinking")] JsonElement? Thinking = null,
    [property: JsonPropertyName("metadata")] JsonElement? Metadata = null);

/// <summary>One turn.</summary>
/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">Text, or a list of content blocks.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record MessageTurn(
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("content")] JsonElement Content);

/// <summary>A tool with the JSON schema of its input.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record MessageTool(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string? Description = null,
    [property: JsonPropertyName("input_schema")] JsonElement? InputSchema = null);

/// <summary>A complete answer; streams send it as <c>message_start</c> to <c>message_stop</c> events.</summary>
/// <param name="StopReason"><c>end_turn</c>, <c>max_tokens</c>, <c>stop_sequence</c>, <c>tool_use</c> or <c>refusal</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record MessageAnswer(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("content")] IReadOnlyList<MessageBlock> Content,
    [property: JsonPropertyName("stop_reason")] string? StopReason,
    [property: JsonPropertyName("stop_sequence")] string? StopSequence,
    [property: JsonPropertyName("usage")] MessageUsage Usage);

/// <summary>One content block.</summary>
/// <param name="Type"><c>text</c>, <c>tool_use</c> or <c>thinking</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record MessageBlock(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("text")] string? Text = null,
    [property: JsonPropertyName("id")] string? Id = null,
    [property: JsonPropertyName("name")] string? Name = null,
    [property: JsonPropertyName("input")] JsonElement? Input = null,
    [property: JsonPropertyName("thinking")] string? Thinking = null,
    [property: JsonPropertyName("signature")] string? Signature = null);

/// <summary>Tokens used; <c>input_tokens</c> excludes what the cache read or wrote.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record MessageUsage(
    [property: JsonPropertyName("input_tokens")] int InputTokens,
    [property: JsonPropertyName("output_tokens")] int OutputTokens,
    [property: JsonPropertyName("cache_read_input_tokens")] int? CacheReadInputTokens = null,
    [property: JsonPropertyName("cache_creation_input_tokens")] int? CacheCreationInputTokens = null);
