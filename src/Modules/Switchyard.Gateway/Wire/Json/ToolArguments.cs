using System.Text.Json;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>Tool arguments: text in OpenAI, an object in Anthropic and Ollama.</summary>
internal static class ToolArguments
{
    /// <summary>Writes the arguments as an object. Models do produce broken JSON: it travels as text inside an object, as a named loss.</summary>
    public static void WriteObject(Utf8JsonWriter json, string name, string arguments, LossReport? loss)
    {
        json.WritePropertyName(name);
        if (string.IsNullOrWhiteSpace(arguments))
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        else if (IsObject(arguments))
        {
            // Line breaks in JSON are only ever space between values; they would break the frames of a stream.
            json.WriteRawValue(arguments.Replace('\n', ' ').Replace('\r', ' '), skipInputValidation: true);
        }
        else
        {
            loss?.Add("tool_call.arguments");
            json.WriteStartObject();
            json.WriteString("arguments", arguments);
            json.WriteEndObject();
        }
    }

    private static bool IsObject(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments, new JsonDocumentOptions { MaxDepth = WireJson.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
