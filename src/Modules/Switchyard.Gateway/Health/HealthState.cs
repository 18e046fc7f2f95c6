namespace Switchyard.Gateway.Health;

/// <summary>
/// The hysteresis of a provider's status. Pure. One failure does not make a healthy provider degraded, one success
/// does not make a failing one healthy; so a provider that flickers does not raise an alert at every probe.
/// </summary>
/// <param name="Failures">Failures in a row.</param>
/// <param name="Successes">Successes in a row.</param>
public readonly record struct HealthState(ProviderStatus Status, int Failures, int Successes)
{
    /// <summary>Failures in a row that make a healthy provider degraded.</summary>
    public const int ToDegraded = 2;

    /// <summary>Failures in a row that make any provider down.</summary>
    public const int ToDown = 3;

    /// <summary>Successes in a row that make a provider healthy again; the first success ends being down.</summary>
    public const int ToHealthy = 2;

    /// <summary>The state after one more probe.</summary>
    public HealthState After(bool success)
    {
        var (failures, successes) = success ? (0, Count(Successes)) : (Count(Failures), 0);
        var status = Status switch
        {
            ProviderStatus.Unknown => success ? ProviderStatus.Healthy : ProviderStatus.Degraded,
            ProviderStatus.Healthy => failures >= ToDegraded ? ProviderStatus.Degraded : ProviderStatus.Healthy,
            _ when success => successes >= ToHealthy ? ProviderStatus.Healthy : ProviderStatus.Degraded,
            _ => failures >= ToDown ? ProviderStatus.Down : Status,
        };
        return new HealthState(status, failures, successes);
    }

    private static int Count(int before) => Math.Min(before + 1, 1_000_000);
}
