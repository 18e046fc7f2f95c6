using System.Text.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Tool calls as requests and answers both carry them.</summary>
internal static class OpenAiToolCalls
{
    public static void Write(ToolCallPart call, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", call.Id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.Arguments);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
