namespace Switchyard.Gateway.Usage.Statistics;

/// <summary>Usage of a time range, in all and by group.</summary>
/// <param name="From">Begin of the first hour counted.</param>
/// <param name="To">End of the last hour counted.</param>
public sealed record UsageStatistics(DateTimeOffset From, DateTimeOffset To, UsageFigures Totals, IReadOnlyList<UsageGroup> Groups);

/// <summary>The figures of one group.</summary>
/// <param name="Rescued">Calls that succeeded at another than their first attempt.</param>
/// <param name="Label">Name for people, where the key is an id.</param>
public sealed record UsageGroup(
    string Key, string? Label, long Requests, long Succeeded, long Failed, long Aborted, long Unknown, UsageTokens Tokens,
    decimal Cost, string Currency, long UnpricedRequests, double? TtftMsP50, double? TtftMsP95, double? LatencyMsP50, double? LatencyMsP95, long CacheHits, long Rescued);

/// <summary>Sums and percentiles of some calls.</summary>
/// <param name="Unknown">Calls whose process ended before they did.</param>
/// <param name="Cost">Of the priced calls, in <paramref name="Currency"/>.</param>
/// <param name="Rescued">Calls that succeeded at another than their first attempt: by retry or failover.</param>
/// <param name="UnpricedRequests">Calls that reached a provider and have no known cost.</param>
public sealed record UsageFigures(
    long Requests, long Succeeded, long Failed, long Aborted, long Unknown, UsageTokens Tokens,
    decimal Cost, string Currency, long UnpricedRequests, double? TtftMsP50, double? TtftMsP95, double? LatencyMsP50, double? LatencyMsP95, long CacheHits, long Rescued);

/// <summary>Tokens by class, each counted once.</summary>
public sealed record UsageTokens(long Input, long Output, long CachedRead, long CacheWrite, long Reasoning);
