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
    public string? Fault() =>
        Failures is < 0 or > 1000 ? "gateway:breaker:failures must lie between 0 (never) and 1000."
        : ErrorPercent is <= 0 or > 100 ? "gateway:breaker:errorPercent must be above 0 and at most 100."
        : MinimumCalls < 1 ? "gateway:breaker:minimumCalls must be at least 1."
        : Window < TimeSpan.FromSeconds(1) || Window > TimeSpan.FromHours(1) ? "gateway:breaker:window must lie between 00:00:01 and 01:00:00."
        : OpenFor < TimeSpan.FromMilliseconds(100) || OpenFor > TimeSpan.FromHours(1) ? "gateway:breaker:openFor must lie between 00:00:00.1 and 01:00:00."
        : null;
}
