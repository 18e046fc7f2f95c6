namespace Switchyard.Gateway.Providers;

/// <summary>One configured access to a vendor, ready to be called. Immutable; part of the gateway's snapshot.</summary>
public sealed record Provider
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Unique per tenant; the left part of <c>provider/model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The kind's behaviour.</summary>
    public required ProviderKind Kind { get; init; }

    /// <summary>Base address, without a trailing slash.</summary>
    public required Uri Endpoint { get; init; }

    public required DeploymentMode Mode { get; init; }

    /// <summary>Decrypted API key; null where the kind needs none. Never logged, never serialised.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? ApiKey { get; init; }

    /// <summary>Model names it serves; the first is the default.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Kind-specific settings, for example <c>api-version</c>, <c>appid</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public bool Enabled { get; init; } = true;

    /// <summary>The tenant's one active provider.</summary>
    public bool Active { get; init; }

    /// <summary>Place in the fallback order; null when not in it.</summary>
    public int? FallbackPosition { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind.Id}:{Name}";
}
