using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Writes system, messages and content blocks of a Messages request.</summary>
internal sealed class AnthropicMessageWriter(Utf8JsonWriter json, LossReport loss)
{
    private readonly ToolIds _ids = new();

    /// <summary>Writes <c>system</c> from every system message, then from <paramref name="instruction"/>.</summary>
    public void WriteSystem(IReadOnlyList<LlmMessage> messages, string? instruction)
    {
        var texts = messages.Where(message => message.Role == LlmRole.System).SelectMany(message => message.Parts).Where(IsSayable).ToList();
        if (instruction is not null) texts.Add(new TextPart(instruction));
        if (messages.SkipWhile(message => message.Role == LlmRole.System).Any(message => message.Role == LlmRole.System)) loss.Add("system.position");
        if (texts.Count == 0) return;
        json.WritePropertyName("system");
        WriteContent(texts);
    }

    /// <summary>Writes <c>messages</c>: neighbours of one role are joined, as this dialect alternates.</summary>
    public void WriteMessages(IReadOnlyList<LlmMessage> messages)
    {
        json.WriteStartArray("messages");
        var turns = new List<(string Role, List<LlmPart> Parts)>();
        foreach (var message in messages.Where(message => message.Role != LlmRole.System))
        {
            if (message.Name is not null) loss.Add("messages.name");
            var role = message.Role == LlmRole.Assistant ? "assistant" : "user";
            if (turns.Count == 0 || turns[^1].Role != role) turns.Add((role, []));
            turns[^1].Parts.AddRange(message.Parts.Where(IsSayable));
        }

        turns.RemoveAll(turn => turn.Parts.Count == 0);
        for (var i = 0; i < turns.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("role", turns[i].Role);
            json.WritePropertyName("content");

            // The API refuses a last assistant message that ends in white space.
            if (i == turns.Count - 1 && turns[i] is { Role: "assistant", Parts: [.., TextPart last] }) turns[i].Parts[^1] = last with { Text = last.Text.TrimEnd() };
            WriteContent(turns[i].Parts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Leaves out what this dialect refuses (empty text) or cannot carry.</summary>
    private bool IsSayable(LlmPart part)
    {
        switch (part)
        {
            case TextPart { Text: "" }:
                return false;
            case ThinkingPart { Signature: null, RedactedData: null }:
                loss.Add("messages.reasoning_content"); // Only signed thinking is accepted back.
                return false;
            case ForeignPart { Dialect: not Dialect.AnthropicMessages } foreign:
                loss.Add($"content.{foreign.Type}");
                return false;
            default:
                return true;
        }
    }

    private void WriteContent(IReadOnlyList<LlmPart> parts)
    {
        if (parts is [TextPart { CacheControl: null } only])
        {
            json.WriteStringValue(only.Text);
            return;
        }

        json.WriteStartArray();
        foreach (var part in parts) WriteBlock(part);
        json.WriteEndArray();
    }

    private void WriteBlock(LlmPart part)
    {
        if (part is ForeignPart foreign)
        {
            json.WriteVerbatim(foreign.Raw);
            return;
        }

        json.WriteStartObject();
        switch (part)
        {
            case TextPart text: WriteText(text.Text); break;
            case RefusalPart refusal: WriteText(refusal.Text); break;
            case ImagePart image: WriteImage(image); break;
            case FilePart file: WriteDocument(file); break;
            case ToolCallPart call: WriteCall(call); break;
            case ToolResultPart result: WriteResult(result); break;
            case ThinkingPart thinking: WriteThinking(thinking); break;
        }

        if (part.CacheControl is { } cache)
        {
            json.WritePropertyName("cache_control");
            json.WriteVerbatim(cache);
        }

        json.WriteEndObject();
    }

    private void WriteText(string text)
    {
        json.WriteString("type", "text");
        json.WriteString("text", text);
    }

    private void WriteImage(ImagePart image)
    {
        if (image.Detail is not (null or "auto")) loss.Add("image.detail");
        json.WriteString("type", "image");
        WriteSource(image.MediaType, image.Base64, null, image.Url);
    }

    private void WriteDocument(FilePart file)
    {
        json.WriteString("type", "document");
        WriteSource(file.MediaType ?? "application/pdf", file.Base64, file.Text, file.Url);
        if (file.Name is { } title) json.WriteString("title", title);
    }

    private void WriteSource(string? mediaType, string? base64, string? text, string? url)
    {
        json.WriteStartObject("source");
        json.WriteString("type", base64 is not null ? "base64" : text is not null ? "text" : "url");
        if (url is not null && base64 is null && text is null)
        {
            json.WriteString("url", url);
        }
        else
        {
            json.WriteString("media_type", text is not null ? "text/plain" : mediaType);
            json.WriteString("data", base64 ?? text ?? "");
        }

        json.WriteEndObject();
    }

    private void WriteCall(ToolCallPart call)
    {
        json.WriteString("type", "tool_use");
        json.WriteString("id", _ids.Fit(call.Id));
        json.WriteString("name", call.Name);
        ToolArguments.WriteObject(json, "input", call.Arguments, loss);
    }

    private void WriteResult(ToolResultPart result)
    {
        json.WriteString("type", "tool_result");
        json.WriteString("tool_use_id", _ids.Fit(result.CallId));
        var content = result.Content.Where(IsSayable).ToList();
        if (content.Count > 0)
        {
            json.WritePropertyName("content");
            WriteContent(content);
        }

        if (result.IsError) json.WriteBoolean("is_error", true);
    }

    private void WriteThinking(ThinkingPart thinking)
    {
        if (thinking.RedactedData is { } data)
        {
            json.WriteString("type", "redacted_thinking");
            json.WriteString("data", data);
            return;
        }

        json.WriteString("type", "thinking");
        json.WriteString("thinking", thinking.Text);
        json.WriteString("signature", thinking.Signature);
    }
}
