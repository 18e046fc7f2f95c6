using System.Text.Json;

namespace Switchyard.Gateway.Wire.Requests;

/// <summary>What the gateway changes in a body that otherwise passes through.</summary>
public sealed record BodyChanges
{
    /// <summary>New value of <c>model</c>; null keeps the client's.</summary>
    public string? Model { get; init; }

    /// <summary>Makes sure that an OpenAI stream reports its usage, for metering.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>The name that the cap on output tokens must have: <c>max_tokens</c> or <c>max_completion_tokens</c>; null keeps the client's.</summary>
    public string? OutputCapField { get; init; }

    /// <summary>Top-level fields to replace or add, as a vendor's habits demand.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Set { get; init; }
}
