using Switchyard.Contracts.Events;
using Switchyard.Gateway.Pipeline;

namespace Switchyard.Gateway.Usage.RequestLog;

/// <summary>Shows usage records as the request log does.</summary>
internal static class RequestLogItems
{
    public static SettledCall Of(UsageRecord r) => new(
        r.Id,
        r.RequestId,
        r.At,
        Words.Of(r.Dialect),
        r.Endpoint,
        r.KeyId is null && r.CallerName is null ? null : new CallKey(r.KeyId, r.CallerName),
        r.User,
        r.Feature,
        r.TaskType,
        r.Route,
        r.Asked,
        r.Provider,
        r.Model,
        Words.Of(r.Status),
        r.HttpStatus,
        r.Stream,
        r.TtftMs,
        r.TotalMs,
        r.Tokens is { } t ? new CallTokens(t.Input, t.Output, t.CachedRead, t.CacheWrite, t.Reasoning, r.TokensEstimated) : null,
        r.Cost?.Amount,
        r.Cost?.Currency,
        "bypass",
        r.Attempts.Count,
        r.Stop is { } stop ? Words.Of(stop) : null,
        r.ErrorCode,
        r.Reason);
}
