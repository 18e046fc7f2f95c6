using System.Globalization;
using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Reads and writes complete Ollama answers.</summary>
internal static class OllamaResponses
{
    public static LlmResponse Read(JsonElement root)
    {
        if (UpstreamErrorReader.Find(root) is { } error) throw new UpstreamErrorException(error);
        if (root.Member("message") is not { ValueKind: JsonValueKind.Object } message)
            throw new WireFormatException("invalid_answer", "message", "The answer holds no message.");
        var parts = new List<LlmPart>();
        if (message.Text("thinking") is { Length: > 0 } thinking) parts.Add(new ThinkingPart(thinking));
        if (message.Text("content") is { Length: > 0 } content) parts.Add(new TextPart(content));
        parts.AddRange(OllamaToolCalls.Read(root, 0));
        var stop = parts.Any(part => part is ToolCallPart) ? StopReason.ToolUse : OllamaStop.Read(root.Text("done_reason"));
        return new LlmResponse("", root.Text("model") ?? "", parts, stop, OllamaUsage.Read(root, out _));
    }

    public static void Write(LlmResponse response, AnswerOptions options, Utf8JsonWriter json, LossReport loss)
    {
        json.WriteStartObject();
        WriteHead(response.Model, options, json);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", string.Concat(response.Parts.Select(part => part switch { TextPart text => text.Text, RefusalPart refusal => refusal.Text, _ => "" })));
        var thinking = string.Concat(response.Parts.OfType<ThinkingPart>().Select(part => part.Text));
        if (thinking.Length > 0) json.WriteString("thinking", thinking);
        var calls = response.Parts.OfType<ToolCallPart>().ToList();
        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in calls) OllamaToolCalls.Write(call, json, loss);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        WriteEnd(response.Stop, response.Usage, json);
        json.WriteEndObject();
    }

    /// <summary>Members that begin an answer and every line of a stream.</summary>
    public static void WriteHead(string model, AnswerOptions options, Utf8JsonWriter json)
    {
        json.WriteString("model", model.Length > 0 ? model : options.Model);
        json.WriteString("created_at", options.Created.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    /// <summary>Members that end an answer.</summary>
    public static void WriteEnd(StopReason stop, TokenUsage? usage, Utf8JsonWriter json)
    {
        json.WriteBoolean("done", true);
        json.WriteString("done_reason", OllamaStop.Write(stop));
        if (usage is not { } counts) return;
        json.WriteNumber("prompt_eval_count", counts.Input + counts.CachedRead + counts.CacheWrite);
        json.WriteNumber("eval_count", counts.Output);
    }
}
