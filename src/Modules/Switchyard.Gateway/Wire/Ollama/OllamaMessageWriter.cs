using System.Text.Json;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Writes the messages of an Ollama chat request: one text, inline images beside it, tool results by name.</summary>
internal sealed class OllamaMessageWriter(Utf8JsonWriter json, LossReport loss)
{
    private readonly Dictionary<string, string> _toolNames = [];

    public void Write(IReadOnlyList<LlmMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.Name is not null) loss.Add("messages.name");
            if (message.Role != LlmRole.Tool)
            {
                WriteMessage(message.Role switch { LlmRole.System => "system", LlmRole.Assistant => "assistant", _ => "user" }, message.Parts, null);
                continue;
            }

            foreach (var result in message.Parts.OfType<ToolResultPart>())
            {
                if (result.IsError) loss.Add("tool_result.is_error");
                WriteMessage("tool", result.Content, result.CallId);
            }
        }
    }

    private void WriteMessage(string role, IReadOnlyList<LlmPart> parts, string? callId)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", string.Join("\n\n", Texts(parts)));
        var thinking = string.Concat(parts.OfType<ThinkingPart>().Select(part => part.Text));
        if (thinking.Length > 0) json.WriteString("thinking", thinking);
        WriteImages(parts);
        WriteCalls(parts);
        if (callId is not null)
        {
            if (_toolNames.TryGetValue(callId, out var name)) json.WriteString("tool_name", name);
            json.WriteString("tool_call_id", callId);
        }

        json.WriteEndObject();
    }

    private IEnumerable<string> Texts(IReadOnlyList<LlmPart> parts)
    {
        foreach (var part in parts)
        {
            if (part.CacheControl is not null) loss.Add("cache_control");
            switch (part)
            {
                case TextPart text: yield return text.Text; break;
                case RefusalPart refusal: yield return refusal.Text; break;
                case FilePart { Text: { } text }: yield return text; break;
                case FilePart: loss.Add("document"); break;
                case ImagePart { Base64: null }: loss.Add("image.url"); break;
                case ImagePart { Detail: not (null or "auto") }: loss.Add("image.detail"); break;
                case ThinkingPart { RedactedData: not null }: loss.Add("redacted_thinking"); break;
                case ThinkingPart { Signature: not null }: loss.Add("thinking.signature"); break;
                case ForeignPart foreign: loss.Add($"content.{foreign.Type}"); break;
            }
        }
    }

    private void WriteImages(IReadOnlyList<LlmPart> parts)
    {
        var images = parts.OfType<ImagePart>().Where(image => image.Base64 is not null).ToList();
        if (images.Count == 0) return;
        json.WriteStartArray("images");
        foreach (var image in images) json.WriteStringValue(image.Base64);
        json.WriteEndArray();
    }

    private void WriteCalls(IReadOnlyList<LlmPart> parts)
    {
        var calls = parts.OfType<ToolCallPart>().ToList();
        if (calls.Count == 0) return;
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            _toolNames[call.Id] = call.Name;
            OllamaToolCalls.Write(call, json, loss);
        }

        json.WriteEndArray();
    }
}
