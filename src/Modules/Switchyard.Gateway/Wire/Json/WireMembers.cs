using System.Text.Json;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>Looks at members of a vendor's JSON without trusting their kinds.</summary>
internal static class WireMembers
{
    /// <summary>The member, unless it is absent or null.</summary>
    public static JsonElement? Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The member's text, unless it is absent or no string.</summary>
    public static string? Text(this JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.String } value ? WireText.Lenient(value) : null;

    /// <summary>The member's elements; none when it is absent or no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
