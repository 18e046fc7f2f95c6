using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Resilience;

/// <summary>When a target is passed over for a while; section <c>gateway:breaker</c>.</summary>
public sealed class BreakerOptions
{
    /// <summary>Failures in a row that open a breaker; 0 turns breakers off.</summary>
    /// <value>5</value>
    public int Failures { get; set; } = 5;

    /// <summary>Share of failed calls within <see cref="Window"/> that opens it, in percent.</summary>
    /// <value>50</value>
    public double ErrorPercent { get; set; } = 50;

    /// <summary>Fewest calls within <see cref="Window"/> for the share to mean something.</summary>
    /// <value>20</value>
    public int MinimumCalls { get; set; } = 20;

    /// <summary>How far back the share looks.</summary>
    /// <value>30 seconds</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it stays open before one call may try the target; doubles with every trial that fails, up to eight times.</summary>
    /// <value>15 seconds</value>
    public TimeSpan OpenFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What is wrong with these values, naming the key and the cure; null when all is well.</summary>
    public Phrase? Fault() =>
        Failures is < 0 or > 1000 ? Between("failures", 0, 1000)
        : !(ErrorPercent is >= 1 and <= 100) ? Between("errorPercent", 1, 100)
        : MinimumCalls < 1 ? Between("minimumCalls", 1, int.MaxValue)
        : Window < TimeSpan.FromSeconds(1) || Window > TimeSpan.FromHours(1) ? Between("window", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
        : OpenFor < TimeSpan.FromSeconds(1) || OpenFor > TimeSpan.FromHours(1) ? Between("openFor", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
        : null;

    private static Phrase Between(string name, object least, object most) =>
        SettingsRule.Broken("gateway:breaker:" + name, "settings.between", ("least", least), ("most", most));
}
