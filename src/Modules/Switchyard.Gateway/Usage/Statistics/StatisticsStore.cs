using Dapper;
using Npgsql;

namespace Switchyard.Gateway.Usage.Statistics;

/// <summary>Sums of the hourly rollups.</summary>
internal sealed class StatisticsStore(NpgsqlDataSource source)
{
    // Most of what was used decides the currency shown; amounts of other currencies are never added to it.
    private const string Sql = """
        with hours as (
            select {0} as "Key", {1} as "Label", h.* from gateway.usage_hourly h where tenant_id = @tenant and hour >= @from and hour < @to
                and (@provider::text is null or provider = @provider)
        ), shown as (
            select currency from hours where currency <> '' group by currency order by sum(requests) desc, currency limit 1
        )
        select "Key", max("Label") as "Label", sum(requests)::bigint as "Requests", sum(succeeded)::bigint as "Succeeded", sum(failed)::bigint as "Failed",
            sum(aborted)::bigint as "Aborted", sum(unknown)::bigint as "Unknown", sum(tokens_input)::bigint as "Input", sum(tokens_output)::bigint as "Output",
            sum(tokens_cached_read)::bigint as "CachedRead", sum(tokens_cache_write)::bigint as "CacheWrite", sum(tokens_reasoning)::bigint as "Reasoning",
            coalesce(sum(cost) filter (where currency = (select currency from shown)), 0) as "Cost",
            coalesce((select currency from shown), 'USD') as "Currency", sum(unpriced)::bigint as "Unpriced", sum(cache_hits)::bigint as "CacheHits", sum(rescued)::bigint as "Rescued",
            gateway.sum_counts(ttft) as "Ttft", gateway.sum_counts(latency) as "Latency"
        from hours group by grouping sets (({2}), ()) order by grouping("Key") desc, sum(requests) desc, "Key" limit 1001
        """;

    private static readonly Dictionary<string, (string Key, string Label)> Columns = new(StringComparer.Ordinal)
    {
        ["provider"] = ("provider", "null::text"),
        ["model"] = ("model", "null::text"),
        ["task"] = ("task_type", "null::text"),
        ["key"] = ("key_id::text", "key_name"),
        ["hour"] = ("""to_char(hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""", "null::text"),
    };

    /// <summary>Names that <c>groupBy</c> may have.</summary>
    public static IReadOnlyCollection<string> Groupings => Columns.Keys;

    /// <summary>Totals first (null when there is nothing), then the groups, largest first.</summary>
    public async Task<IReadOnlyList<StatisticsRow>> SumAsync(Guid tenant, DateTimeOffset from, DateTimeOffset to, string groupBy, string? provider, CancellationToken cancel)
    {
        var (key, label) = Columns[groupBy];
        await using var connection = await source.OpenConnectionAsync(cancel);
        var sql = Sql.Replace("{0}", key, StringComparison.Ordinal).Replace("{1}", label, StringComparison.Ordinal).Replace("{2}", "\"Key\"", StringComparison.Ordinal);
        var rows = await connection.QueryAsync<StatisticsRow>(new CommandDefinition(sql, new { tenant, from, to, provider }, cancellationToken: cancel));
        return rows.AsList();
    }
}

/// <summary>A row of sums as Dapper reads it.</summary>
internal sealed class StatisticsRow
{
    public string? Key { get; init; }
    public string? Label { get; init; }
    public long Requests { get; init; }
    public long Succeeded { get; init; }
    public long Failed { get; init; }
    public long Aborted { get; init; }
    public long Unknown { get; init; }
    public long Input { get; init; }
    public long Output { get; init; }
    public long CachedRead { get; init; }
    public long CacheWrite { get; init; }
    public long Reasoning { get; init; }
    public decimal Cost { get; init; }
    public string Currency { get; init; } = "USD";
    public long Unpriced { get; init; }
    public long CacheHits { get; init; }
    public long Rescued { get; init; }
    public long[] Ttft { get; init; } = [];
    public long[] Latency { get; init; } = [];

    public UsageTokens Tokens => new(Input, Output, CachedRead, CacheWrite, Reasoning);

    public UsageFigures Figures() => new(
        Requests, Succeeded, Failed, Aborted, Unknown, Tokens, Cost, Currency, Unpriced,
        LatencyBuckets.Percentile(Ttft, 0.5), LatencyBuckets.Percentile(Ttft, 0.95), LatencyBuckets.Percentile(Latency, 0.5), LatencyBuckets.Percentile(Latency, 0.95), CacheHits, Rescued);

    public UsageGroup Group() => new(
        Key ?? "", Label, Requests, Succeeded, Failed, Aborted, Unknown, Tokens, Cost, Currency, Unpriced,
        LatencyBuckets.Percentile(Ttft, 0.5), LatencyBuckets.Percentile(Ttft, 0.95), LatencyBuckets.Percentile(Latency, 0.5), LatencyBuckets.Percentile(Latency, 0.95), CacheHits, Rescued);
}
