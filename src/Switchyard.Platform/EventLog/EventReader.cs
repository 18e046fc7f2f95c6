using Npgsql;
using NpgsqlTypes;

namespace Switchyard.Platform.EventLog;

/// <summary>
/// Reads the log in order and without gaps: because appends commit in sequence order, whatever one statement
/// sees below its highest number is all there will ever be. Thread-safe.
/// </summary>
public sealed class EventReader(NpgsqlDataSource source)
{
    private const string Columns = "sequence, tenant_id, type, subject, actor, at, payload::text";

    private const string Wanted = """
        (cardinality($3::text[]) = 0 and cardinality($4::text[]) = 0
         or type = any($3)
         or exists (select from unnest($4) as prefix where starts_with(type, prefix)))
        """;

    /// <summary>The highest committed sequence; 0 for an empty log.</summary>
    public async Task<long> HeadAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select coalesce(max(sequence), 0) from platform.events");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>
    /// The same as <paramref name="transaction"/> sees it: for whoever reads rows and must know which events they
    /// already contain.
    /// </summary>
    public static async Task<long> HeadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(sequence), 0) from platform.events", connection, transaction);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The highest sequence removed by retention; 0 when nothing was.</summary>
    public async Task<long> FloorAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select max(sequence) from platform.events_floor");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Up to <paramref name="limit"/> events of all tenants after <paramref name="position"/>, in order.</summary>
    public async Task<List<StoredEvent>> ReadAsync(long position, int limit, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            $"select {Columns} from platform.events where sequence > $1 order by sequence limit $2");
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = limit });
        return await ListAsync(command, cancel);
    }

    /// <summary>One tenant's wanted events in (<paramref name="position"/>, <paramref name="upTo"/>], in order.</summary>
    public async Task<List<StoredEvent>> ReadAsync(
        Guid tenant, EventFilter filter, long position, long upTo, int limit, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            select {Columns} from platform.events
            where tenant_id = $5 and sequence > $1 and sequence <= $6 and {Wanted}
            order by sequence limit $2
            """);
        AddFilter(command, filter, position, limit);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = upTo });
        return await ListAsync(command, cancel);
    }

    /// <summary>
    /// The next wanted events for a consumer, on its own transaction, and the position it will have read to:
    /// the last event's when the batch is full, else the head of the log in the same snapshot.
    /// </summary>
    internal static async Task<(List<StoredEvent> Events, long ReadTo)> ReadBatchAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EventFilter filter, long position, int limit, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            with head as (select coalesce(max(sequence), 0) as sequence from platform.events),
            batch as (
                select {Columns} from platform.events
                where sequence > $1 and {Wanted}
                order by sequence limit $2)
            select batch.*, head.sequence from head left join batch on true order by batch.sequence
            """,
            connection,
            transaction);
        AddFilter(command, filter, position, limit);

        var events = new List<StoredEvent>();
        var head = position;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            head = Math.Max(head, reader.GetInt64(7));
            if (!await reader.IsDBNullAsync(0, cancel)) events.Add(Read(reader));
        }

        return (events, events.Count == limit ? events[^1].Sequence : head);
    }

    private static void AddFilter(NpgsqlCommand command, EventFilter filter, long position, int limit)
    {
        const NpgsqlDbType texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = filter.Exact.ToArray(), NpgsqlDbType = texts });
        command.Parameters.Add(new() { Value = filter.Prefixes.ToArray(), NpgsqlDbType = texts });
    }

    private static async Task<List<StoredEvent>> ListAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var events = new List<StoredEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) events.Add(Read(reader));
        return events;
    }

    private static StoredEvent Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetGuid(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetFieldValue<DateTimeOffset>(5),
        row.GetString(6));
}
