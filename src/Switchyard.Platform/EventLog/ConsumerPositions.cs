using Dapper;
using Npgsql;

namespace Switchyard.Platform.EventLog;

/// <summary>How far one consumer is, and how it fares.</summary>
/// <param name="Name">The consumer.</param>
/// <param name="Position">The last sequence whose effects are committed.</param>
/// <param name="Lag">Committed events after that position, of any type.</param>
/// <param name="LagSeconds">Age of the oldest of them; 0 when there is none.</param>
/// <param name="Failures">Failed attempts at the current batch in a row.</param>
/// <param name="LastError">Why the last attempt failed; null when it did not.</param>
/// <param name="UpdatedAt">When the position last moved.</param>
public sealed record ConsumerStatus(
    string Name, long Position, long Lag, double LagSeconds, int Failures, string? LastError, DateTimeOffset UpdatedAt);

/// <summary>Positions of the consumers of the log. Thread-safe.</summary>
public sealed class ConsumerPositions(NpgsqlDataSource source)
{
    // Counting a long backlog exactly would read all of it: the sequence distance is close and costs nothing.
    private const string Status = """
        select c.name, c.position, greatest(head.sequence - c.position, 0) as lag,
               coalesce(extract(epoch from now() - next.at), 0)::float8 as lag_seconds,
               c.failures, c.last_error, c.updated_at
        from platform.event_consumers c
        cross join (select coalesce(max(sequence), 0) as sequence from platform.events) head
        left join lateral (
            select e.at from platform.events e where e.sequence > c.position order by e.sequence limit 1) next on true
        order by c.name
        """;

    private const string Fail = """
        update platform.event_consumers
        set failures = failures + 1, last_error = @error,
            retry_at = now() + make_interval(secs => least(60, 0.5 * power(2, least(failures, 10))))
        where name = @name
        """;

    /// <summary>Every consumer, by name.</summary>
    public async Task<IReadOnlyList<ConsumerStatus>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var rows = await connection.QueryAsync<(string Name, long Position, long Lag, double LagSeconds, int Failures, string? LastError, DateTime UpdatedAt)>(
            new CommandDefinition(Status, cancellationToken: cancel));
        return [.. rows.Select(r => new ConsumerStatus(r.Name, r.Position, r.Lag, r.LagSeconds, r.Failures, r.LastError, r.UpdatedAt))];
    }

    internal async Task RegisterAsync(string name, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into platform.event_consumers (name) values (@name) on conflict do nothing", new { name }, cancellationToken: cancel));
    }

    internal async Task FailAsync(string name, string error, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(Fail, new { name, error }, cancellationToken: cancel));
    }
}
