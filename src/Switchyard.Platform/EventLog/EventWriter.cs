using Npgsql;
using NpgsqlTypes;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.EventLog;

/// <summary>Appends to <c>platform.events</c> as the last statements of a transaction, and commits it.</summary>
public static class EventWriter
{
    /// <summary>Advisory lock that puts appends in order; also taken by partition maintenance.</summary>
    public const long AppendLock = 7318349394477056;

    private const string Lock = "select pg_advisory_xact_lock(7318349394477056)";

    private const string Insert = """
        insert into platform.events (tenant_id, type, subject, actor, at, payload)
        select $1, e.type, e.subject, $2, $3, e.payload::json
        from unnest($4, $5, $6) with ordinality as e(type, subject, payload, position)
        order by e.position
        returning sequence
        """;

    /// <summary>
    /// Appends <paramref name="events"/> in order, commits, and returns the last sequence. Lock, insert and commit
    /// travel in one round trip: the lock is held until the commit, so that commit order equals sequence order,
    /// and a client that stalls half way cannot hold it.
    /// </summary>
    public static async Task<long> AppendAndCommitAsync(Change change, IReadOnlyList<PendingEvent> events, DateTimeOffset at, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(change.Connection, change.Transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Lock));
        batch.BatchCommands.Add(InsertOf(change, events, at));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));

        long last = 0;
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel)) last = Math.Max(last, reader.GetInt64(0));
        while (await reader.NextResultAsync(cancel))
        {
        }

        return last;
    }

    private static NpgsqlBatchCommand InsertOf(Change change, IReadOnlyList<PendingEvent> events, DateTimeOffset at)
    {
        var insert = new NpgsqlBatchCommand(Insert);
        insert.Parameters.Add(new() { Value = change.Caller.TenantId });
        insert.Parameters.Add(new() { Value = change.Caller.Name });
        insert.Parameters.Add(new() { Value = at.ToUniversalTime() });
        insert.Parameters.Add(Texts(events.Select(e => e.Type)));
        insert.Parameters.Add(Texts(events.Select(e => e.Subject)));
        insert.Parameters.Add(Texts(events.Select(e => e.Payload)));
        return insert;
    }

    private static NpgsqlParameter Texts(IEnumerable<string> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
