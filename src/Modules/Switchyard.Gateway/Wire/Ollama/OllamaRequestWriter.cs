using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Writes an Ollama chat request.</summary>
internal static class OllamaRequestWriter
{
    public static void Write(LlmRequest request, RequestOptions options, Utf8JsonWriter json, LossReport loss)
    {
        json.WriteStartObject();
        json.WriteString("model", options.Model);
        json.WriteStartArray("messages");
        new OllamaMessageWriter(json, loss).Write(request.Messages);
        json.WriteEndArray();
        json.WriteBoolean("stream", request.Stream); // Its default is true.
        WriteTools(request, json, loss);
        WriteFormat(request.OutputFormat, json);
        WriteThink(request.Reasoning, options.Model, json);
        WriteOptions(request, json);
        if (request.User is not null) loss.Add("user");
        if (request.Metadata is not null) loss.Add("metadata");
        foreach (var (name, value) in request.Extras)
        {
            if (request.Source != Dialect.OllamaChat)
            {
                loss.Add(name);
            }
            else if (name is "keep_alive" or "template" or "truncate" or "shift")
            {
                json.WritePropertyName(name);
                json.WriteVerbatim(value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteTools(LlmRequest request, Utf8JsonWriter json, LossReport loss)
    {
        if (request.ParallelToolCalls == false) loss.Add("parallel_tool_calls");
        if (request.ToolChoice is { Mode: "required" or "tool" }) loss.Add("tool_choice");
        foreach (var tool in request.Tools)
        {
            if (tool.Foreign is not null) loss.Add($"tools.{tool.Name}");
            if (tool.CacheControl is not null) loss.Add("cache_control");
        }

        var tools = request.Tools.Where(tool => tool.Foreign is null).ToList();
        if (tools.Count == 0 || request.ToolChoice?.Mode == "none") return; // "none" is to offer none.
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description ?? "");
            json.WritePropertyName("parameters");
            if (tool.Schema is { } schema) json.WriteVerbatim(schema);
            else json.WriteRawValue("""{"type":"object","properties":{}}"""u8);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFormat(LlmOutputFormat? format, Utf8JsonWriter json)
    {
        if (format is null or { Kind: "text" }) return;
        if (format.Schema is { } schema)
        {
            json.WritePropertyName("format");
            json.WriteVerbatim(schema);
        }
        else
        {
            json.WriteString("format", "json");
        }
    }

    private static void WriteThink(LlmReasoning? reasoning, string model, Utf8JsonWriter json)
    {
        if (reasoning is null) return;
        if (reasoning.Effort is "none" or "minimal" || reasoning.Mode == "disabled") json.WriteBoolean("think", false);
        else if (model.Contains("gpt-oss", StringComparison.Ordinal) && reasoning.Effort is "low" or "medium" or "high") json.WriteString("think", reasoning.Effort);
        else json.WriteBoolean("think", true);
    }

    private static void WriteOptions(LlmRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject("options");
        if (request.MaxOutputTokens is { } max) json.WriteNumber("num_predict", max);
        if (request.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
        if (request.TopP is { } topP) json.WriteNumber("top_p", topP);
        if (request.TopK is { } topK) json.WriteNumber("top_k", topK);
        if (request.FrequencyPenalty is { } frequency) json.WriteNumber("frequency_penalty", frequency);
        if (request.PresencePenalty is { } presence) json.WriteNumber("presence_penalty", presence);
        if (request.Seed is { } seed) json.WriteNumber("seed", seed);
        if (request.Stop.Count > 0)
        {
            json.WriteStartArray("stop");
            foreach (var text in request.Stop) json.WriteStringValue(text);
            json.WriteEndArray();
        }

        if (request.Source == Dialect.OllamaChat)
        {
            foreach (var (name, value) in request.Extras.Where(extra => extra.Key is not ("keep_alive" or "template" or "truncate" or "shift")))
            {
                json.WritePropertyName(name);
                json.WriteVerbatim(value);
            }
        }

        json.WriteEndObject();
    }
}
