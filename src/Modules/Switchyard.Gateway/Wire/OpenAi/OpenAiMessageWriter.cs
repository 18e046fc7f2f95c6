using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Writes the messages of a chat completions request.</summary>
/// <param name="own">The client spoke this dialect, so that its own fields may go out again.</param>
internal sealed class OpenAiMessageWriter(Utf8JsonWriter json, LossReport loss, bool own)
{
    /// <summary>Images from tool results: this dialect takes only text there, so they follow in a user message.</summary>
    private readonly List<LlmPart> _fromTools = [];

    public void Write(IReadOnlyList<LlmMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.Role != LlmRole.Tool) FlushFromTools();
            switch (message.Role)
            {
                case LlmRole.Assistant: WriteAssistant(message); break;
                case LlmRole.Tool: WriteResults(message); break;
                default: WriteSpeaker(message.Role == LlmRole.System ? "system" : "user", message.Parts, message.Name); break;
            }
        }

        FlushFromTools();
    }

    private void WriteSpeaker(string role, IReadOnlyList<LlmPart> parts, string? name)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        if (name is not null) json.WriteString("name", name);
        WriteContent(parts);
        json.WriteEndObject();
    }

    private void WriteContent(IReadOnlyList<LlmPart> parts)
    {
        foreach (var part in parts)
            if (part.CacheControl is not null) loss.Add("cache_control");

        if (parts is [TextPart only])
        {
            json.WriteString("content", only.Text);
            return;
        }

        json.WriteStartArray("content");
        foreach (var part in parts) WritePart(part);
        json.WriteEndArray();
    }

    private void WritePart(LlmPart part)
    {
        switch (part)
        {
            case TextPart text: WriteText("text", text.Text); break;
            case RefusalPart refusal: WriteText("refusal", refusal.Text); break;
            case ImagePart image: WriteImage(image); break;
            case FilePart { Base64: { } data } file: WriteFile(file.Name, DataUrl.Write(file.MediaType, data)); break;
            case FilePart { Text: { } text }: WriteText("text", text); break;
            case FilePart: loss.Add("document.url"); break;
            case ForeignPart { Dialect: Dialect.OpenAiChat } foreign: json.WriteVerbatim(foreign.Raw); break;
            case ForeignPart foreign: loss.Add($"content.{foreign.Type}"); break;
            default: loss.Add("content." + part.GetType().Name); break;
        }
    }

    private void WriteText(string type, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString(type, text);
        json.WriteEndObject();
    }

    private void WriteImage(ImagePart image)
    {
        json.WriteStartObject();
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", image.Url ?? DataUrl.Write(image.MediaType, image.Base64 ?? ""));
        if (image.Detail is { } detail) json.WriteString("detail", detail);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteFile(string? name, string data)
    {
        json.WriteStartObject();
        json.WriteString("type", "file");
        json.WriteStartObject("file");
        json.WriteString("filename", name ?? "document");
        json.WriteString("file_data", data);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteAssistant(LlmMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (message.Name is { } name) json.WriteString("name", name);
        var text = string.Concat(message.Parts.OfType<TextPart>().Select(part => part.Text));
        var calls = message.Parts.OfType<ToolCallPart>().ToList();
        var foreignCalls = own ? message.Parts.OfType<ForeignPart>().Where(part => part.Type == "tool_call").ToList() : [];
        var spoke = message.Parts.Any(part => part is TextPart);
        if (spoke || calls.Count + foreignCalls.Count == 0) json.WriteString("content", text);
        else json.WriteNull("content");
        foreach (var part in message.Parts) WriteAside(part);
        if (calls.Count + foreignCalls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in calls) OpenAiToolCalls.Write(call, json);
            foreach (var call in foreignCalls) json.WriteVerbatim(call.Raw);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>What stands beside the content of an assistant message.</summary>
    private void WriteAside(LlmPart part)
    {
        if (part.CacheControl is not null) loss.Add("cache_control");
        switch (part)
        {
            case TextPart or ToolCallPart: break;
            case RefusalPart refusal: json.WriteString("refusal", refusal.Text); break;
            case ThinkingPart thinking when own && thinking.RedactedData is null: json.WriteString("reasoning_content", thinking.Text); break;
            case ThinkingPart: loss.Add("messages.thinking"); break;
            case ForeignPart { Type: "tool_call" } when own: break;
            case ForeignPart foreign when own:
                json.WritePropertyName(foreign.Type);
                json.WriteVerbatim(foreign.Raw);
                break;
            case ForeignPart foreign: loss.Add($"content.{foreign.Type}"); break;
            default: loss.Add("content." + part.GetType().Name); break;
        }
    }

    private void WriteResults(LlmMessage message)
    {
        foreach (var result in message.Parts.OfType<ToolResultPart>())
        {
            if (result.IsError) loss.Add("tool_result.is_error");
            if (result.CacheControl is not null) loss.Add("cache_control");
            var texts = result.Content.Where(part => part is TextPart).ToList();
            _fromTools.AddRange(result.Content.Where(part => part is not TextPart));
            json.WriteStartObject();
            json.WriteString("role", "tool");
            json.WriteString("tool_call_id", result.CallId);
            if (texts.Count == 0) json.WriteString("content", result.Content.Count == 0 ? "" : "The result follows in the next message.");
            else WriteContent(texts);
            json.WriteEndObject();
        }
    }

    private void FlushFromTools()
    {
        if (_fromTools.Count == 0) return;
        WriteSpeaker("user", _fromTools, null);
        _fromTools.Clear();
    }
}
