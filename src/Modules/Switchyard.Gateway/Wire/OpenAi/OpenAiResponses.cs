using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Reads and writes complete chat completions.</summary>
internal static class OpenAiResponses
{
    public static LlmResponse Read(JsonElement root)
    {
        if (root.Items("choices").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } choice)
            throw UpstreamErrorReader.Find(root) is { } error ? new UpstreamErrorException(error) : new WireFormatException("invalid_answer", "choices", "The answer holds no choice.");
        if (root.Member("error") is not null && UpstreamErrorReader.Find(root) is { } failure) throw new UpstreamErrorException(failure);

        var reason = choice.Text("finish_reason");
        if (reason is not null && OpenAiStop.IsFailure(reason))
            throw new UpstreamErrorException(OpenAiStop.Broken(reason));
        var parts = choice.Member("message") is { } message ? ReadParts(message) : [];
        var stop = reason is null ? StopReason.Unknown : OpenAiStop.Read(reason);
        if (stop is StopReason.End or StopReason.Unknown && parts.Any(part => part is ToolCallPart)) stop = StopReason.ToolUse;
        return new LlmResponse(
            root.Text("id") ?? "", root.Text("model") ?? "", parts, stop,
            root.Member("usage") is { } usage ? OpenAiUsage.Read(usage, out _) : null);
    }

    private static List<LlmPart> ReadParts(JsonElement message)
    {
        var parts = new List<LlmPart>();
        if ((message.Text("reasoning_content") ?? message.Text("reasoning")) is { Length: > 0 } reasoning) parts.Add(new ThinkingPart(reasoning));
        if (message.Text("content") is { Length: > 0 } content) parts.Add(new TextPart(content));
        foreach (var part in message.Items("content")) // Mistral's reasoning models answer in parts.
            if (part.Text("text") is { Length: > 0 } text) parts.Add(new TextPart(text));
        if (message.Text("refusal") is { Length: > 0 } refusal) parts.Add(new RefusalPart(refusal));
        var index = 0;
        foreach (var call in message.Items("tool_calls"))
        {
            if (call.Member("function") is not { } function) continue;
            parts.Add(new ToolCallPart(call.Text("id") is { Length: > 0 } id ? id : $"call_{index}", function.Text("name") ?? "", Arguments(function)));
            index++;
        }

        return parts;
    }

    /// <summary>Text by the standard; some servers send the object itself.</summary>
    public static string Arguments(JsonElement function) => function.Member("arguments") switch
    {
        { ValueKind: JsonValueKind.String } text => WireText.Lenient(text),
        { } other => other.GetRawText(),
        null => "",
    };

    public static void Write(LlmResponse response, AnswerOptions options, Utf8JsonWriter json, LossReport loss)
    {
        json.WriteStartObject();
        json.WriteString("id", response.Id.Length > 0 ? response.Id : options.FallbackId);
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", options.Created.ToUnixTimeSeconds());
        json.WriteString("model", response.Model.Length > 0 ? response.Model : options.Model);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        WriteMessage(response.Parts, json, loss);
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", OpenAiStop.Write(response.Stop));
        json.WriteEndObject();
        json.WriteEndArray();
        if (response.Usage is { } usage) OpenAiUsage.Write(usage, json);
        json.WriteEndObject();
        if (response.StopSequence is not null) loss.Add("stop_sequence");
    }

    private static void WriteMessage(IReadOnlyList<LlmPart> parts, Utf8JsonWriter json, LossReport loss)
    {
        var text = string.Concat(parts.OfType<TextPart>().Select(part => part.Text));
        var refusal = string.Concat(parts.OfType<RefusalPart>().Select(part => part.Text));
        var reasoning = string.Concat(parts.OfType<ThinkingPart>().Select(part => part.Text));
        var calls = parts.OfType<ToolCallPart>().ToList();
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (text.Length > 0 || (calls.Count == 0 && refusal.Length == 0)) json.WriteString("content", text);
        else json.WriteNull("content");
        if (refusal.Length > 0) json.WriteString("refusal", refusal);
        else json.WriteNull("refusal");
        if (reasoning.Length > 0) json.WriteString("reasoning_content", reasoning);
        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in calls) OpenAiToolCalls.Write(call, json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        foreach (var part in parts)
        {
            if (part is ThinkingPart { Signature: not null }) loss.Add("thinking.signature");
            if (part is ThinkingPart { RedactedData: not null }) loss.Add("redacted_thinking");
            if (part is ForeignPart foreign) loss.Add($"content.{foreign.Type}");
        }
    }
}
