using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;

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
    public Phrase? Fault() =>
        ProbeSeconds is < 5 or > 86_400 ? SettingsRule.Broken("gateway:probeSeconds", "settings.between", ("least", 5), ("most", 86_400))
        : ProbeTimeoutSeconds is < 1 or > 120 ? SettingsRule.Broken("gateway:probeTimeoutSeconds", "settings.between", ("least", 1), ("most", 120))
        : null;
}
