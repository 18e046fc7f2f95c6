using Dapper;
using Npgsql;

namespace Switchyard.Gateway.Usage.RequestLog;

/// <summary>What the request log is asked for.</summary>
/// <param name="Rescued">Only calls that succeeded after an attempt had failed.</param>
/// <param name="Before">Only rows older than this place; null begins with the newest.</param>
internal sealed record RequestFilter(
    DateTimeOffset? From, DateTimeOffset? To, string? Provider, string? Model, Guid? Key, string? Status, string? Task, string? Dialect, bool Rescued, string? Search, RequestCursor? Before, int Limit);

/// <summary>Reads calls from the database.</summary>
internal sealed class RequestLogStore(NpgsqlDataSource source)
{
    // Said as the index over these few calls says it; a parameter would hide that from the planner.
    private const string RescuedSql = "status = 'succeeded' and jsonb_array_length(attempts) > 1";

    private static string ListSql(bool rescued) => $"""
        select {RequestRow.Columns} from gateway.usage
        where tenant_id = @tenant
          and (@from::timestamptz is null or at >= @from)
          and (@to::timestamptz is null or at < @to)
          and (@provider::text is null or provider = @provider)
          and (@model::text is null or model = @model)
          and (@key::uuid is null or key_id = @key)
          and (@status::text is null or status = @status)
          and (@task::text is null or task_type = @task)
          and (@dialect::text is null or dialect = @dialect)
          and {(rescued ? RescuedSql : "true")}
          and (@search::text is null or request_id = @search or id::text = @search or model ilike @pattern or provider ilike @pattern or error_code ilike @pattern)
          and (@beforeAt::timestamptz is null or (at, id) < (@beforeAt, @beforeId))
        order by at desc, id desc
        limit @limit
        """;

    // A call's id holds its time, so that one partition is read, not all.
    private const string FindSql = $"""
        select {RequestRow.Columns} from gateway.usage
        where tenant_id = @tenant and id = @id and at between @from and @to
        """;

    public async Task<IReadOnlyList<RequestRow>> ListAsync(Guid tenant, RequestFilter filter, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var rows = await connection.QueryAsync<RequestRow>(new CommandDefinition(
            ListSql(filter.Rescued),
            new
            {
                tenant,
                from = filter.From,
                to = filter.To,
                provider = filter.Provider,
                model = filter.Model,
                key = filter.Key,
                status = filter.Status,
                task = filter.Task,
                dialect = filter.Dialect,
                search = filter.Search,
                pattern = filter.Search is null ? null : $"%{Escaped(filter.Search)}%",
                beforeAt = filter.Before?.At,
                beforeId = filter.Before?.Id,
                limit = filter.Limit + 1,
            },
            cancellationToken: cancel));
        return rows.AsList();
    }

    public async Task<RequestRow?> FindAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        if (id.Version != 7) return null;
        var at = RequestCursor.TimeOf(id);
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<RequestRow>(new CommandDefinition(
            FindSql,
            new { tenant, id, from = at.AddSeconds(-1), to = at.AddSeconds(1) },
            cancellationToken: cancel));
    }

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
