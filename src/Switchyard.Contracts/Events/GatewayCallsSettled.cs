namespace Switchyard.Contracts.Events;

/// <summary>Model calls ended on a node; at most one such event a second and tenant.</summary>
/// <param name="Node">Node that carried them.</param>
/// <param name="Requests">Calls since the last event.</param>
/// <param name="Failed">Of these, failed or of unknown outcome.</param>
/// <param name="TokensIn">Input tokens, cached ones included.</param>
/// <param name="TokensOut">Output tokens.</param>
/// <param name="Cost">Sum of the priced ones.</param>
/// <param name="LatencyMsP50">Median duration of the successful ones.</param>
/// <param name="LatencyMsP95">95th percentile of the same.</param>
/// <param name="Recent">The last of them, newest first, at most 20.</param>
public sealed record GatewayCallsSettled(
    string Node,
    long Requests,
    long Failed,
    long TokensIn,
    long TokensOut,
    decimal Cost,
    double? LatencyMsP50,
    double? LatencyMsP95,
    IReadOnlyList<SettledCall> Recent) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "gateway.calls-settled";
}

/// <summary>One ended model call, as the request log shows it.</summary>
/// <param name="Dialect">Language of the client: <c>openai</c>, <c>anthropic</c>.</param>
/// <param name="Status"><c>succeeded</c>, <c>failed</c>, <c>aborted</c>, <c>unknown</c>.</param>
/// <param name="Cost">Null when the price or the tokens are unknown.</param>
/// <param name="Cache"><c>hit</c>, <c>miss</c>, <c>bypass</c>.</param>
/// <param name="Attempts">Upstream calls made.</param>
/// <param name="ErrorClass">Stable code of what went wrong.</param>
/// <param name="Reason">Why this target.</param>
public record SettledCall(
    Guid Id,
    string RequestId,
    DateTimeOffset At,
    string Dialect,
    string? Endpoint,
    CallKey? Key,
    string? User,
    string? Feature,
    string? TaskType,
    string? Route,
    string? Asked,
    string? Provider,
    string? Model,
    string Status,
    int HttpStatus,
    bool Stream,
    double? TtftMs,
    double TotalMs,
    CallTokens? Tokens,
    decimal? Cost,
    string? Currency,
    string Cache,
    int Attempts,
    string? StopReason,
    string? ErrorClass,
    string? Reason);

/// <summary>The API key of a call.</summary>
public sealed record CallKey(Guid? Id, string? Name);

/// <summary>Tokens by class, each counted once.</summary>
/// <param name="Estimated">Counted here, not reported by the vendor.</param>
public sealed record CallTokens(long Input, long Output, long CachedRead, long CacheWrite, long Reasoning, bool Estimated = false);
