using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Writes a chat completions request.</summary>
internal static class OpenAiRequestWriter
{
    private const int MostStops = 4;

    public static void Write(LlmRequest request, RequestOptions options, Utf8JsonWriter json, LossReport loss)
    {
        json.WriteStartObject();
        json.WriteString("model", options.Model);
        json.WriteStartArray("messages");
        new OpenAiMessageWriter(json, loss, request.Source == Dialect.OpenAiChat).Write(request.Messages);
        json.WriteEndArray();
        if (request.Stream)
        {
            json.WriteBoolean("stream", true);
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        WriteTools(request, json, loss);
        WriteNumbers(request, options, json, loss);
        WriteStop(request.Stop, json, loss);
        WriteFormat(request.OutputFormat, json);
        WriteReasoning(request.Reasoning, options.HabitsOf, json, loss);
        if (request.User is { } user) json.WriteString("user", user);
        if (request.Metadata is { } metadata)
        {
            if (request.Source == Dialect.OpenAiChat) Raw(json, "metadata", metadata);
            else if (metadata.EnumerateObject().Any(field => field.Name != "user_id")) loss.Add("metadata");
        }

        foreach (var (name, value) in request.Extras)
        {
            if (request.Source == Dialect.OpenAiChat) Raw(json, name, value);
            else loss.Add(name);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(LlmRequest request, RequestOptions options, Utf8JsonWriter json, LossReport loss)
    {
        if (request.MaxOutputTokens is { } max) json.WriteNumber(OpenAiModels.IsReasoning(options.HabitsOf) ? "max_completion_tokens" : "max_tokens", max);
        if (request.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
        if (request.TopP is { } topP) json.WriteNumber("top_p", topP);
        if (request.TopK is { } topK)
        {
            // No field of OpenAI's: only a client of this dialect, who named it, knows that the server takes it.
            if (request.Source == Dialect.OpenAiChat) json.WriteNumber("top_k", topK);
            else loss.Add("top_k");
        }

        if (request.FrequencyPenalty is { } frequency) json.WriteNumber("frequency_penalty", frequency);
        if (request.PresencePenalty is { } presence) json.WriteNumber("presence_penalty", presence);
        if (request.Seed is { } seed) json.WriteNumber("seed", seed);
    }

    private static void WriteTools(LlmRequest request, Utf8JsonWriter json, LossReport loss)
    {
        var tools = request.Tools.Where(tool => tool.Foreign is null || request.Source == Dialect.OpenAiChat).ToList();
        foreach (var tool in request.Tools)
        {
            if (tool.Foreign is not null && request.Source != Dialect.OpenAiChat) loss.Add($"tools.{tool.Name}");
            if (tool.CacheControl is not null) loss.Add("cache_control");
        }

        if (tools.Count == 0) return;
        json.WriteStartArray("tools");
        foreach (var tool in tools) WriteTool(tool, json);
        json.WriteEndArray();
        if (request.ParallelToolCalls is { } parallel) json.WriteBoolean("parallel_tool_calls", parallel);
        switch (request.ToolChoice)
        {
            case { Mode: "tool", Name: { } name }:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case { } choice:
                json.WriteString("tool_choice", choice.Mode);
                break;
        }
    }

    private static void WriteTool(LlmTool tool, Utf8JsonWriter json)
    {
        if (tool.Foreign is { } foreign)
        {
            json.WriteVerbatim(foreign);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", tool.Name);
        if (tool.Description is { } description) json.WriteString("description", description);
        if (tool.Schema is { } schema) Raw(json, "parameters", schema);
        if (tool.Strict is { } strict) json.WriteBoolean("strict", strict);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStop(IReadOnlyList<string> stop, Utf8JsonWriter json, LossReport loss)
    {
        if (stop.Count == 0) return;
        if (stop.Count > MostStops) loss.Add($"stop_sequences[{MostStops}..]");
        json.WriteStartArray("stop");
        foreach (var text in stop.Take(MostStops)) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteFormat(LlmOutputFormat? format, Utf8JsonWriter json)
    {
        if (format is null) return;
        json.WriteStartObject("response_format");
        json.WriteString("type", format.Kind);
        if (format.Kind == "json_schema")
        {
            json.WriteStartObject("json_schema");
            json.WriteString("name", format.Name ?? "answer");
            if (format.Description is { } description) json.WriteString("description", description);
            if (format.Schema is { } schema) Raw(json, "schema", schema);
            if (format.Strict is { } strict) json.WriteBoolean("strict", strict);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteReasoning(LlmReasoning? reasoning, string model, Utf8JsonWriter json, LossReport loss)
    {
        if (reasoning is null) return;
        var effort = reasoning.Effort ?? reasoning switch
        {
            { Mode: "disabled" } => null, // The default of most models; there is no word for it that all accept.
            { BudgetTokens: <= 2_048 } => "low",
            { BudgetTokens: <= 8_192 } => "medium",
            { BudgetTokens: not null } => "high",
            _ => "medium",
        };
        if (reasoning.Effort is null && reasoning.Mode != "disabled") loss.Add(OpenAiModels.IsReasoning(model) ? "thinking.budget_tokens" : "thinking");
        if (effort is not null && (reasoning.Effort is not null || OpenAiModels.IsReasoning(model))) json.WriteString("reasoning_effort", effort == "max" ? "xhigh" : effort);
    }

    private static void Raw(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        json.WriteVerbatim(value);
    }
}
