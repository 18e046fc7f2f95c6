using System.Text.Json;
using Switchyard.Platform.Secrets;

namespace Switchyard.Gateway.Configuration;

/// <summary>A provider as stored; also the form in which the last good configuration lies on disk (the key stays sealed).</summary>
public sealed record ProviderRow
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Endpoint { get; init; } = "";

    /// <summary><c>cloud</c> or <c>local</c>.</summary>
    public string Mode { get; init; } = "";

    public string[] Models { get; init; } = [];

    /// <summary>JSON object of texts.</summary>
    public string Options { get; init; } = "{}";

    public byte[]? KeySealed { get; init; }

    /// <summary>The key's last four characters.</summary>
    public string? KeyHint { get; init; }

    /// <summary>Version of the row at which the key was sealed.</summary>
    public long? KeyVersion { get; init; }

    public bool Enabled { get; init; }
    public bool Active { get; init; }
    public int? FallbackPosition { get; init; }
    public int ConnectTimeoutMs { get; init; }
    public int TotalTimeoutMs { get; init; }

    /// <summary>Where it came from: <c>console</c>, <c>environment</c>, <c>ollama</c>, <c>demo</c>.</summary>
    public string Origin { get; init; } = "console";

    public long Version { get; init; }

    /// <summary>JSON of the last connection test; null before the first.</summary>
    public string? LastTest { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What the sealed key is bound to.</summary>
    public static SecretScope KeyScope(Guid tenantId, Guid id, long keyVersion) => new(tenantId, "gateway.provider-key", id, keyVersion);

    /// <summary>The options read.</summary>
    public IReadOnlyDictionary<string, string> ReadOptions() => JsonSerializer.Deserialize<Dictionary<string, string>>(Options) ?? [];
}
