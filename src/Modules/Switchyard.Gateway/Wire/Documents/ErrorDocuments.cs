using System.Text.Json.Serialization;

namespace Switchyard.Gateway.Wire.Documents;

/// <summary>An error as OpenAI clients read it.</summary>
public sealed record OpenAiErrorDocument([property: JsonPropertyName("error")] OpenAiErrorBody Error);

/// <summary>What was wrong, in the caller's language, with how to mend it.</summary>
/// <param name="Type">Class of error, for example <c>invalid_request_error</c>.</param>
/// <param name="Param">Offending field.</param>
/// <param name="Code">Stable machine code.</param>
public sealed record OpenAiErrorBody(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("param")] string? Param,
    [property: JsonPropertyName("code")] string? Code);

/// <summary>An error as Anthropic clients read it.</summary>
public sealed record AnthropicErrorDocument(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("error")] AnthropicErrorBody Error,
    [property: JsonPropertyName("request_id")] string? RequestId);

/// <summary>What was wrong, in the caller's language, with how to mend it.</summary>
/// <param name="Type">Class of error, for example <c>invalid_request_error</c> or <c>overloaded_error</c>.</param>
public sealed record AnthropicErrorBody(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("message")] string Message);
