using System.Text.Json;

namespace Switchyard.Gateway.Wire;

/// <summary>What a request writer must know of the target.</summary>
/// <param name="Model">Model name the vendor knows.</param>
public sealed record RequestOptions(string Model)
{
    /// <summary>Name by which a model's habits are told, where <see cref="Model"/> is only a route.</summary>
    public string HabitsOf { get; init; } = Model;

    /// <summary>The vendor enforces JSON schemas itself; otherwise the schema is asked for in words.</summary>
    public bool NativeSchema { get; init; } = true;

    /// <summary>Cap on output tokens where the dialect demands one and the client set none.</summary>
    public int DefaultMaxTokens { get; init; } = 4096;

    /// <summary>Top-level fields to replace or add, as the vendor's habits demand.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }
}
