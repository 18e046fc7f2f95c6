using System.Text.Json;

namespace Switchyard.Gateway.Wire;

/// <summary>A piece of a message.</summary>
public abstract record LlmPart
{
    /// <summary>Anthropic's <c>cache_control</c>, verbatim; a hint that other dialects cannot carry.</summary>
    public JsonElement? CacheControl { get; init; }
}

/// <summary>Plain text.</summary>
public sealed record TextPart(string Text) : LlmPart;

/// <summary>An image, by address or inline.</summary>
/// <param name="Url">Address; null when inline.</param>
/// <param name="MediaType">For example <c>image/png</c>; null when by address.</param>
/// <param name="Base64">Inline data.</param>
/// <param name="Detail">OpenAI's detail hint.</param>
public sealed record ImagePart(string? Url, string? MediaType, string? Base64, string? Detail = null) : LlmPart;

/// <summary>A document: inline data, inline text, or by address.</summary>
/// <param name="Name">File name or title.</param>
/// <param name="MediaType">For example <c>application/pdf</c>.</param>
/// <param name="Base64">Inline data.</param>
/// <param name="Text">Inline plain text.</param>
/// <param name="Url">Address.</param>
public sealed record FilePart(string? Name, string? MediaType, string? Base64, string? Text = null, string? Url = null) : LlmPart;

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

/// <summary>Something only one dialect knows; it survives there and is a named loss elsewhere.</summary>
/// <param name="Dialect">Where it comes from.</param>
/// <param name="Type">Its type there, for example <c>input_audio</c>.</param>
/// <param name="Raw">Verbatim.</param>
public sealed record ForeignPart(Dialect Dialect, string Type, JsonElement Raw) : LlmPart;
