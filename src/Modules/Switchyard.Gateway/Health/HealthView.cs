using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Health;

/// <summary>A provider's health as the API shows it.</summary>
/// <param name="Status"><c>unknown</c>, <c>healthy</c>, <c>degraded</c> or <c>down</c>.</param>
/// <param name="LatencyMs">Time of the last probe; null before the first.</param>
/// <param name="ChangedAt">When the status last changed.</param>
public sealed record HealthView(
    string Status, int? LatencyMs, int ConsecutiveFailures, string? LastError, DateTimeOffset? CheckedAt, DateTimeOffset? ChangedAt)
{
    /// <summary>Before the first probe.</summary>
    public static HealthView Unknown { get; } = new("unknown", null, 0, null, null, null);

    /// <summary>The view of a stored row, its error in <paramref name="language"/>.</summary>
    public static HealthView Of(HealthRow? row, Messages messages, string language) => row is null
        ? Unknown
        : new HealthView(row.Status, row.LatencyMs, row.ConsecutiveFailures, messages.Read(language, row.LastError), row.CheckedAt, row.ChangedAt);

    /// <summary>What this node knows by itself, while the database is away.</summary>
    public static HealthView Of(HealthState state) => Unknown with { Status = HealthStore.Name(state.Status), ConsecutiveFailures = state.Failures };
}
