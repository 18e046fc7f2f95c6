using System.Text.Json;

namespace Switchyard.Gateway.Wire.Scanning;

/// <summary>Reads token counts that vendors report, and refuses those that cannot be true.</summary>
internal ref struct TokenCount(JsonElement usage)
{
    /// <summary>No call of any vendor can use more.</summary>
    private const long Limit = 100_000_000;

    private readonly JsonElement _usage = usage;

    /// <summary>A count was negative, fractional, text, or beyond reason.</summary>
    public bool Refused { get; private set; }

    /// <summary>Reads the count at a path; null when it is absent, null or refused.</summary>
    public int? Read(string name) => Number(_usage, name);

    /// <summary>Reads a count inside an object, such as <c>prompt_tokens_details.cached_tokens</c>.</summary>
    public int? Read(string parent, string name) =>
        _usage.TryGetProperty(parent, out var details) && details.ValueKind == JsonValueKind.Object ? Number(details, name) : null;

    private int? Number(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count is >= 0 and <= Limit) return (int)count;
        Refused = true;
        return null;
    }
}
