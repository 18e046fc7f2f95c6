using System.Text.Json;

namespace Switchyard.Gateway.Providers.Protocols;

/// <summary>Reads a vendor's list of models.</summary>
internal static class ModelList
{
    /// <summary>The <paramref name="name"/> of each entry of <paramref name="list"/>; names that are not safe are left out.</summary>
    public static IReadOnlyList<string> Read(ReadOnlyMemory<byte> body, string list, string name)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty(list, out var entries)
            || entries.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException($"The answer has no list '{list}'.");
        }

        return [.. entries.EnumerateArray()
            .Select(entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null)
            .OfType<string>()
            .Where(ModelName.IsSafe)
            .Distinct(StringComparer.Ordinal)];
    }
}
