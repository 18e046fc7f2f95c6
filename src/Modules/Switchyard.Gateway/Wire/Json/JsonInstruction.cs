using System.Text.Json;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>Asks in words for the output shape that a vendor cannot enforce.</summary>
internal static class JsonInstruction
{
    /// <summary>The instruction; null when any text will do.</summary>
    public static string? For(LlmOutputFormat? format) => format switch
    {
        { Kind: "json_schema", Schema: { } schema } =>
            $"Answer with one JSON value that is valid against this JSON schema, and with nothing else: no explanation, no code fence.\n{schema.GetRawText()}",
        { Kind: "json_object" or "json_schema" } => "Answer with one JSON object and nothing else: no explanation, no code fence.",
        _ => null,
    };

    /// <summary>Whether every object of the schema forbids unknown properties, which native enforcement demands.</summary>
    public static bool IsClosed(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => (!IsObjectType(schema) || (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False))
            && schema.EnumerateObject().All(member => member.Name is "const" or "enum" or "default" or "examples" || IsClosed(member.Value)),
        JsonValueKind.Array => schema.EnumerateArray().All(IsClosed),
        _ => true,
    };

    private static bool IsObjectType(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object"u8);
}
