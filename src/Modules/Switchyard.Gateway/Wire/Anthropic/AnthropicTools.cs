using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Writes tools and the choice among them.</summary>
internal static class AnthropicTools
{
    public static void Write(LlmRequest request, bool thinks, Utf8JsonWriter json, LossReport loss)
    {
        var own = request.Source == Dialect.AnthropicMessages;
        foreach (var tool in request.Tools.Where(tool => tool.Foreign is not null && !own)) loss.Add($"tools.{tool.Name}");
        var tools = request.Tools.Where(tool => tool.Foreign is null || own).ToList();
        if (tools.Count == 0) return;
        json.WriteStartArray("tools");
        foreach (var tool in tools) WriteTool(tool, json);
        json.WriteEndArray();
        WriteChoice(request, thinks, json, loss);
    }

    private static void WriteTool(LlmTool tool, Utf8JsonWriter json)
    {
        if (tool.Foreign is { } foreign)
        {
            json.WriteVerbatim(foreign);
            return;
        }

        json.WriteStartObject();
        json.WriteString("name", tool.Name);
        if (tool.Description is { } description) json.WriteString("description", description);
        json.WritePropertyName("input_schema");
        if (tool.Schema is { } schema) json.WriteVerbatim(schema);
        else json.WriteRawValue("""{"type":"object","properties":{}}"""u8);
        if (tool.Strict is { } strict) json.WriteBoolean("strict", strict);
        if (tool.CacheControl is { } cache)
        {
            json.WritePropertyName("cache_control");
            json.WriteVerbatim(cache);
        }

        json.WriteEndObject();
    }

    private static void WriteChoice(LlmRequest request, bool thinks, Utf8JsonWriter json, LossReport loss)
    {
        var choice = request.ToolChoice;
        if (thinks && choice is { Mode: "required" or "tool" })
        {
            loss.Add("tool_choice"); // The API refuses a forced tool together with thinking.
            choice = null;
        }

        if (choice is null && request.ParallelToolCalls is null) return;
        json.WriteStartObject("tool_choice");
        json.WriteString("type", choice?.Mode switch { null => "auto", "required" => "any", var mode => mode });
        if (choice?.Mode == "tool") json.WriteString("name", choice.Name);
        if (request.ParallelToolCalls is { } parallel && choice?.Mode != "none") json.WriteBoolean("disable_parallel_tool_use", !parallel);
        json.WriteEndObject();
    }
}
