namespace Switchyard.Gateway.Wire;

/// <summary>A piece of a message.</summary>
public abstract record LlmPart;

/// <summary>Plain text.</summary>
public sealed record TextPart(string Text) : LlmPart;

/// <summary>An image, by address or inline.</summary>
/// <param name="Url">Address; null when inline.</param>
/// <param name="MediaType">For example <c>image/png</c>; null when by address.</param>
/// <param name="Base64">Inline data.</param>
/// <param name="Detail">OpenAI's detail hint.</param>
public sealed record ImagePart(string? Url, string? MediaType, string? Base64, string? Detail = null) : LlmPart;

/// <summary>The model calls a tool.</summary>
/// <param name="Arguments">JSON text, verbatim.</param>
public sealed record ToolCallPart(string Id, string Name, string Arguments) : LlmPart;

/// <summary>What the tool answered.</summary>
public sealed record ToolResultPart(string CallId, IReadOnlyList<LlmPart> Content, bool IsError = false) : LlmPart;

/// <summary>Reasoning shown by the model.</summary>
/// <param name="Signature">Anthropic's proof, which must go back unchanged.</param>
/// <param name="RedactedData">Set instead of text when the vendor hid it.</param>
public sealed record ThinkingPart(string Text, string? Signature = null, string? RedactedData = null) : LlmPart;

/// <summary>The model refused (OpenAI's <c>refusal</c>).</summary>
public sealed record RefusalPart(string Text) : LlmPart;
