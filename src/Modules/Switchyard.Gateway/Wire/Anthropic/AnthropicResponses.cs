using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Reads and writes complete messages.</summary>
internal static class AnthropicResponses
{
    public static LlmResponse Read(JsonElement root)
    {
        if (root.Member("content") is not { ValueKind: JsonValueKind.Array })
            throw UpstreamErrorReader.Find(root) is { } error ? new UpstreamErrorException(error) : new WireFormatException("invalid_answer", "content", "The answer holds no content.");
        return new LlmResponse(
            root.Text("id") ?? "", root.Text("model") ?? "", [.. root.Items("content").Select(ReadBlock)],
            root.Text("stop_reason") is { } reason ? AnthropicStop.Read(reason) : StopReason.Unknown,
            root.Member("usage") is { } usage ? AnthropicUsage.Read(usage, out _) : null, root.Text("stop_sequence"));
    }

    private static LlmPart ReadBlock(JsonElement block) => block.Text("type") switch
    {
        "text" => new TextPart(block.Text("text") ?? ""),
        "tool_use" => new ToolCallPart(block.Text("id") ?? "", block.Text("name") ?? "", block.Member("input")?.GetRawText() ?? ""),
        "thinking" => new ThinkingPart(block.Text("thinking") ?? "", block.Text("signature")),
        "redacted_thinking" => new ThinkingPart("", null, block.Text("data") ?? ""),
        var type => new ForeignPart(Dialect.AnthropicMessages, type ?? "unknown", block.Clone()),
    };

    public static void Write(LlmResponse response, AnswerOptions options, Utf8JsonWriter json, LossReport loss)
    {
        json.WriteStartObject();
        WriteHead(response.Id, response.Model, options, json);
        json.WriteStartArray("content");
        foreach (var part in response.Parts) WriteBlock(part, json, loss);
        json.WriteEndArray();
        json.WriteString("stop_reason", AnthropicStop.Write(response.Stop));
        json.WriteString("stop_sequence", response.StopSequence);
        AnthropicUsage.Write(response.Usage ?? default, json);
        json.WriteEndObject();
    }

    /// <summary>Members that begin every message object.</summary>
    public static void WriteHead(string id, string model, AnswerOptions options, Utf8JsonWriter json)
    {
        json.WriteString("id", id.Length > 0 ? id : options.FallbackId);
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", model.Length > 0 ? model : options.Model);
    }

    private static void WriteBlock(LlmPart part, Utf8JsonWriter json, LossReport loss)
    {
        if (part is ForeignPart foreign)
        {
            if (foreign.Dialect == Dialect.AnthropicMessages) json.WriteVerbatim(foreign.Raw);
            else loss.Add($"content.{foreign.Type}");
            return;
        }

        json.WriteStartObject();
        switch (part)
        {
            case ToolCallPart call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.Id);
                json.WriteString("name", call.Name);
                ToolArguments.WriteObject(json, "input", call.Arguments, loss);
                break;
            case ThinkingPart { RedactedData: { } data }:
                json.WriteString("type", "redacted_thinking");
                json.WriteString("data", data);
                break;
            case ThinkingPart thinking:
                json.WriteString("type", "thinking");
                json.WriteString("thinking", thinking.Text);
                json.WriteString("signature", thinking.Signature ?? "");
                break;
            default:
                json.WriteString("type", "text");
                json.WriteString("text", part switch { TextPart text => text.Text, RefusalPart refusal => refusal.Text, _ => "" });
                json.WriteNull("citations");
                break;
        }

        json.WriteEndObject();
    }
}
