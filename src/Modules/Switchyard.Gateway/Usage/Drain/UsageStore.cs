using System.Globalization;
using Dapper;
using Npgsql;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Usage.Journal;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>The drain's SQL. One transaction holds rows, rollups, open calls and the position: all or nothing.</summary>
internal sealed class UsageStore(NpgsqlDataSource source, TimeProvider time)
{
    // Any number; held while partitions are made, so that nodes do not race for one.
    private const long PartitionLock = 7318349394477057;

    private readonly HashSet<DateTimeOffset> _months = [];

    /// <summary>How far this journal was drained.</summary>
    public async Task<JournalPosition> PositionAsync(string node, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<(long Segment, int Position)?>(new CommandDefinition(
            "select segment, position from gateway.journal_positions where node = @node", new { node }, cancellationToken: cancel));
        return row is { } found ? new JournalPosition(found.Segment, found.Position) : JournalPosition.Beginning;
    }

    /// <summary>Applies a batch: settled records become rows, intents without settlement wait, the position moves.</summary>
    /// <param name="sweepBelow">When set: intents of earlier segments belong to a process that is gone, and become unknown.</param>
    /// <returns>The rows added.</returns>
    public async Task<IReadOnlyList<UsageRecord>> ApplyAsync(
        string node, IReadOnlyList<UsageRecord> records, JournalPosition from, JournalPosition next, long? sweepBelow, CancellationToken cancel)
    {
        var settled = records.Where(r => r.Status != CallStatus.Open).ToList();
        await MakePartitionsAsync(records, cancel);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await MovePositionAsync(transaction, node, from, next, cancel);
        var replaced = await OpenCalls.KeepAsync(transaction, node, records, from.Segment, cancel);
        if (sweepBelow is { } first) settled.AddRange(await OpenCalls.SweepAsync(transaction, node, first, cancel));
        await TakeBackAsync(transaction, replaced, cancel);
        if (settled.Count > 0) await UsageCopy.WriteAsync(connection, node, settled, cancel);
        await RollUpAsync(transaction, settled, replaced, cancel);
        await transaction.CommitAsync(cancel);
        return settled;
    }

    /// <summary>Records calls that are open since before <paramref name="before"/> as unknown; how many they were.</summary>
    public async Task<int> LoseAsync(DateTimeOffset before, int most, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var lost = await OpenCalls.LoseAsync(transaction, before, time.GetUtcNow(), most, cancel);
        var rows = lost.SelectMany(l => l).ToList();
        await MakePartitionsAsync(rows, cancel);
        foreach (var node in lost) await UsageCopy.WriteAsync(connection, node.Key, [.. node], cancel);
        await RollUpAsync(transaction, rows, [], cancel);
        await transaction.CommitAsync(cancel);
        return rows.Count;
    }

    private static async Task TakeBackAsync(NpgsqlTransaction transaction, IReadOnlyList<UsageRecord> replaced, CancellationToken cancel)
    {
        foreach (var row in replaced)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "delete from gateway.usage where at = @At and id = @Id", new { row.At, row.Id }, transaction, cancellationToken: cancel));
        }
    }

    /// <summary>Moves the position only from where this batch began: a batch applied twice cannot commit twice.</summary>
    private async Task MovePositionAsync(NpgsqlTransaction transaction, string node, JournalPosition from, JournalPosition next, CancellationToken cancel)
    {
        const string sql = """
            insert into gateway.journal_positions as p (node, segment, position, updated_at)
            values (@node, @segment, @position, @now)
            on conflict (node) do update set segment = excluded.segment, position = excluded.position, updated_at = excluded.updated_at
            where p.segment = @fromSegment and p.position = @fromPosition
            """;
        var moved = await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            sql,
            new { node, segment = next.Segment, position = next.Offset, fromSegment = from.Segment, fromPosition = from.Offset, now = time.GetUtcNow() },
            transaction,
            cancellationToken: cancel));
        if (moved != 1) throw new DrainConflictException();
    }

    private static async Task RollUpAsync(
        NpgsqlTransaction transaction, List<UsageRecord> rows, IReadOnlyList<UsageRecord> replaced, CancellationToken cancel)
    {
        var sums = new Dictionary<HourlyKey, HourlyRow>();
        (HourlyKey Key, HourlyRow? Sum) last = default;
        foreach (var row in rows)
        {
            var key = HourlyKey.Of(row);
            if (last.Sum is null || key != last.Key) last = (key, SumOf(key));
            last.Sum!.Add(row);
        }

        foreach (var row in replaced) SumOf(HourlyKey.Of(row)).Remove(row);
        if (sums.Count > 0) await HourlyStore.AddAsync(transaction, sums, cancel);

        HourlyRow SumOf(HourlyKey key) => sums.TryGetValue(key, out var sum) ? sum : sums[key] = new HourlyRow();
    }

    private async Task MakePartitionsAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancel)
    {
        foreach (var month in records.Select(r => MonthOf(r.At)).Append(MonthOf(time.GetUtcNow())).Distinct())
        {
            if (_months.Contains(month)) continue;
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var name = month.ToString("yyyy_MM", CultureInfo.InvariantCulture);
            var (from, to) = (month.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), month.AddMonths(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await connection.ExecuteAsync(new CommandDefinition(
                $"select pg_advisory_xact_lock({PartitionLock}); create table if not exists gateway.usage_{name} partition of gateway.usage for values from ('{from} 00:00:00+00') to ('{to} 00:00:00+00')",
                transaction: transaction,
                cancellationToken: cancel));
            await transaction.CommitAsync(cancel);
            _months.Add(month);
        }
    }

    private static DateTimeOffset MonthOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
}

/// <summary>Somebody else moved the position: read it again.</summary>
internal sealed class DrainConflictException() : Exception("The journal's position was moved by somebody else.");
