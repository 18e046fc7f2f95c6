using System.IO.Compression;
using System.Text.Json;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Checks JSON against OpenAI's public API description, as far as its schemas go (types, required, enums, unions, bounds).</summary>
internal sealed class OpenAiSchema
{
    private readonly JsonElement _schemas;

    private OpenAiSchema(JsonElement schemas) => _schemas = schemas;

    /// <summary>Null where the description is not at hand.</summary>
    public static OpenAiSchema? Load()
    {
        var path = Path.Combine(Repository.Root, "..", "shared", "data", "openai-openapi", "openapi.json.gz");
        if (!File.Exists(path)) path = Path.Combine(Repository.Root, "..", "..", "shared", "data", "openai-openapi", "openapi.json.gz");
        if (!File.Exists(path)) return null;
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return new OpenAiSchema(JsonDocument.Parse(file).RootElement.GetProperty("components").GetProperty("schemas").Clone());
    }

    /// <summary>What is wrong; empty when the JSON is as described.</summary>
    public List<string> Check(string schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(_schemas.GetProperty(schema), value, "$", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(_schemas.GetProperty(reference.GetString()!.Split('/')[^1]), value, path, faults);
            return;
        }

        if (value.ValueKind == JsonValueKind.Null && schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean()) return;
        if (schema.TryGetProperty("allOf", out var all))
            foreach (var part in all.EnumerateArray()) Check(part, value, path, faults);
        foreach (var union in new[] { "anyOf", "oneOf" })
        {
            if (!schema.TryGetProperty(union, out var choices)) continue;
            var tries = choices.EnumerateArray().Select(choice => Faults(choice, value, path)).ToList();
            if (tries.All(tried => tried.Count > 0)) faults.Add($"{path}: none of {tries.Count} forms; nearest: {string.Join(", ", tries.MinBy(tried => tried.Count)!)}");
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Is(value, name))) faults.Add($"{path}: {value.ValueKind} is not {type}");
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value))) faults.Add($"{path}: {value} is not one of {allowed}");
        if (value.ValueKind == JsonValueKind.Number && schema.TryGetProperty("minimum", out var least) && value.GetDouble() < least.GetDouble()) faults.Add($"{path}: {value} < {least}");
        if (value.ValueKind == JsonValueKind.Number && schema.TryGetProperty("maximum", out var most) && value.GetDouble() > most.GetDouble()) faults.Add($"{path}: {value} > {most}");
        if (value.ValueKind == JsonValueKind.Array) CheckItems(schema, value, path, faults);
        if (value.ValueKind == JsonValueKind.Object) CheckMembers(schema, value, path, faults);
    }

    private void CheckItems(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32()) faults.Add($"{path}: fewer than {least} items");
        if (schema.TryGetProperty("maxItems", out var most) && value.GetArrayLength() > most.GetInt32()) faults.Add($"{path}: more than {most} items");
        if (!schema.TryGetProperty("items", out var items)) return;
        var index = 0;
        foreach (var item in value.EnumerateArray()) Check(items, item, $"{path}[{index++}]", faults);
    }

    private void CheckMembers(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.TryGetProperty("required", out var required))
            faults.AddRange(required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{path}.{name} is missing"));
        var known = schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
        {
            if (known && properties.TryGetProperty(member.Name, out var rule)) Check(rule, member.Value, $"{path}.{member.Name}", faults);
            else if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False) faults.Add($"{path}.{member.Name} is not known");
        }
    }

    private List<string> Faults(JsonElement schema, JsonElement value, string path)
    {
        var faults = new List<string>();
        Check(schema, value, path, faults);
        return faults;
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(item => item.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => value.ValueKind == JsonValueKind.Null,
    };
}
