namespace Switchyard.Gateway.Health;

/// <summary>Settings of health probes; section <c>gateway</c>.</summary>
public sealed class HealthOptions
{
    /// <summary>Seconds between two probes of a provider.</summary>
    /// <value>60</value>
    public int ProbeSeconds { get; set; } = 60;

    /// <summary>Seconds after which a probe counts as failed; never longer than the interval.</summary>
    /// <value>10</value>
    public int ProbeTimeoutSeconds { get; set; } = 10;

    /// <summary>What is wrong with these values, naming the key and the cure; null when all is well.</summary>
    public string? Fault() =>
        ProbeSeconds is < 5 or > 86_400 ? "gateway:probeSeconds must lie between 5 and 86400."
        : ProbeTimeoutSeconds is < 1 or > 120 ? "gateway:probeTimeoutSeconds must lie between 1 and 120."
        : null;
}
