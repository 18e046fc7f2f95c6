using System.Text.Json;
using Switchyard.Contracts.Events;
using Switchyard.Gateway.Pipeline.Attempts;

namespace Switchyard.Gateway.Usage.RequestLog;

/// <summary>A row of <c>gateway.usage</c> as Dapper reads it.</summary>
internal sealed class RequestRow
{
    /// <summary>The columns, under the names of the properties.</summary>
    public const string Columns = """
        id, request_id as "RequestId", at, status, key_id as "KeyId", caller_name as "CallerName", end_user as "EndUser", feature,
        task_type as "TaskType", deal_id as "DealId", cycle_id as "CycleId", dialect, endpoint, asked, route, reason, provider, model, stream,
        http_status as "HttpStatus", tokens_input as "Input", tokens_output as "Output", tokens_cached_read as "CachedRead",
        tokens_cache_write as "CacheWrite", tokens_reasoning as "Reasoning", tokens_estimated as "Estimated", cost, currency,
        price_version as "PriceVersion", ttft_ms as "TtftMs", total_ms as "TotalMs", stop_reason as "StopReason", error_code as "ErrorCode",
        attempts::text as "Attempts", node
        """;

    public Guid Id { get; init; }
    public string RequestId { get; init; } = "";
    public DateTime At { get; init; }
    public string Status { get; init; } = "";
    public Guid? KeyId { get; init; }
    public string? CallerName { get; init; }
    public string? EndUser { get; init; }
    public string? Feature { get; init; }
    public string? TaskType { get; init; }
    public Guid? DealId { get; init; }
    public Guid? CycleId { get; init; }
    public string Dialect { get; init; } = "";
    public string? Endpoint { get; init; }
    public string? Asked { get; init; }
    public string? Route { get; init; }
    public string? Reason { get; init; }
    public string? Provider { get; init; }
    public string? Model { get; init; }
    public bool Stream { get; init; }
    public int HttpStatus { get; init; }
    public int? Input { get; init; }
    public int? Output { get; init; }
    public int? CachedRead { get; init; }
    public int? CacheWrite { get; init; }
    public int? Reasoning { get; init; }
    public bool Estimated { get; init; }
    public decimal? Cost { get; init; }
    public string? Currency { get; init; }
    public Guid? PriceVersion { get; init; }
    public double? TtftMs { get; init; }
    public double TotalMs { get; init; }
    public string? StopReason { get; init; }
    public string? ErrorCode { get; init; }
    public string Attempts { get; init; } = "[]";
    public string Node { get; init; } = "";

    public IReadOnlyList<AttemptView> AttemptList() => JsonSerializer.Deserialize<AttemptView[]>(Attempts, JsonSerializerOptions.Web) ?? [];

    public SettledCall Item(int attempts) => new(
        Id,
        RequestId,
        new DateTimeOffset(DateTime.SpecifyKind(At, DateTimeKind.Utc)),
        Dialect,
        Endpoint,
        KeyId is null && CallerName is null ? null : new CallKey(KeyId, CallerName),
        EndUser,
        Feature,
        TaskType,
        Route,
        Asked,
        Provider,
        Model,
        Status,
        HttpStatus,
        Stream,
        TtftMs,
        TotalMs,
        Input is { } input ? new CallTokens(input, Output ?? 0, CachedRead ?? 0, CacheWrite ?? 0, Reasoning ?? 0, Estimated) : null,
        Cost,
        Currency,
        "bypass",
        attempts,
        StopReason,
        ErrorCode,
        Reason);
}
