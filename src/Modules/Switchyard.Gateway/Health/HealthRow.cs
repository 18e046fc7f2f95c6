namespace Switchyard.Gateway.Health;

/// <summary>A provider's health as stored: one row per provider.</summary>
public sealed record HealthRow
{
    public Guid ProviderId { get; init; }
    public string Status { get; init; } = "unknown";
    public int? LatencyMs { get; init; }
    public int ConsecutiveFailures { get; init; }
    public int ConsecutiveSuccesses { get; init; }
    public string? LastError { get; init; }
    public DateTimeOffset? CheckedAt { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The part that the hysteresis works on.</summary>
    public HealthState State => new(Enum.Parse<ProviderStatus>(Status, ignoreCase: true), ConsecutiveFailures, ConsecutiveSuccesses);
}
