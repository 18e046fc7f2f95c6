using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Resilience;

/// <summary>When a failed call is tried again; section <c>gateway:retry</c>.</summary>
public sealed class RetryOptions
{
    /// <summary>Most upstream calls to one target for one request, the first included; 1 never repeats.</summary>
    /// <value>3</value>
    public int Attempts { get; set; } = 3;

    /// <summary>Longest wait before the first repetition; a random part of it is waited ("full jitter").</summary>
    /// <value>1 second</value>
    public TimeSpan Base { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>By how much the longest wait grows from one repetition to the next.</summary>
    /// <value>2</value>
    public double Factor { get; set; } = 2;

    /// <summary>Seconds to wait exactly, without jitter, for example 1, 2, 4, 8, 16; goes before base and factor.</summary>
    /// <value>empty</value>
    public IList<double> Delays { get; init; } = [];

    /// <summary>Repetitions as a share of all calls, in percent: a provider in trouble is not flooded.</summary>
    /// <value>10</value>
    public double BudgetPercent { get; set; } = 10;

    /// <summary>What is wrong with these values, naming the key and the cure; null when all is well.</summary>
    public Phrase? Fault() =>
        Attempts is < 1 or > 10 ? Between("attempts", 1, 10)
        : Base < TimeSpan.Zero || Base > TimeSpan.FromMinutes(1) ? Between("base", TimeSpan.Zero, TimeSpan.FromMinutes(1))
        : !(Factor is >= 1 and <= 10) ? Between("factor", 1, 10)
        : !(BudgetPercent is >= 0 and <= 100) ? Between("budgetPercent", 0, 100)
        : Delays.Any(d => !(d is >= 0 and <= 3600)) ? Between("delays", 0, 3600)
        : null;

    private static Phrase Between(string name, object least, object most) =>
        SettingsRule.Broken("gateway:retry:" + name, "settings.between", ("least", least), ("most", most));
}
