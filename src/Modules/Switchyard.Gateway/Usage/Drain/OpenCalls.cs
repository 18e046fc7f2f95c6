using Dapper;
using Npgsql;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Usage.Journal;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>The SQL of calls whose intent is in the database and whose settlement is not.</summary>
internal static class OpenCalls
{
    /// <summary>Keeps what a batch leaves open and forgets what it settles.</summary>
    /// <returns>What was recorded of settled calls when they were believed lost: to be replaced.</returns>
    public static async Task<IReadOnlyList<UsageRecord>> KeepAsync(
        NpgsqlTransaction transaction, string node, IReadOnlyList<UsageRecord> records, long segment, CancellationToken cancel)
    {
        var closed = records.Where(r => r.Status != CallStatus.Open).Select(r => r.Id).ToHashSet();
        // A call that fails over writes an intent for every attempt; the last one counts.
        var open = records.Where(r => r.Status == CallStatus.Open && !closed.Contains(r.Id)).GroupBy(r => r.Id).Select(g => g.Last()).ToList();
        const string sql = """
            insert into gateway.open_calls as o (tenant_id, node, id, segment, at, intent)
            select t.tenant, @node, t.id, @segment, t.at, t.intent
            from unnest(@tenants, @ids, @ats, @intents) as t(tenant, id, at, intent)
            on conflict (node, id) do update set intent = excluded.intent where o.lost_at is null;
            with settled as (delete from gateway.open_calls where node = @node and id = any(@closed) returning intent, lost_at)
            select intent from settled where lost_at is not null
            """;
        var replaced = await transaction.Connection!.QueryAsync<byte[]>(new CommandDefinition(
            sql,
            new
            {
                node,
                segment,
                closed = closed.ToArray(),
                tenants = open.Select(r => r.TenantId).ToArray(),
                ids = open.Select(r => r.Id).ToArray(),
                ats = open.Select(r => r.At).ToArray(),
                intents = open.Select(r => RecordCodec.Write(r).ToArray()).ToArray(),
            },
            transaction,
            cancellationToken: cancel));
        return [.. replaced.Select(Lost)];
    }

    /// <summary>Takes what an earlier process of this node left open: it will never be settled.</summary>
    public static async Task<IReadOnlyList<UsageRecord>> SweepAsync(NpgsqlTransaction transaction, string node, long first, CancellationToken cancel)
    {
        const string sql = """
            with ended as (delete from gateway.open_calls where node = @node and segment < @first returning intent, lost_at)
            select intent from ended where lost_at is null
            """;
        var intents = await transaction.Connection!.QueryAsync<byte[]>(new CommandDefinition(sql, new { node, first }, transaction, cancellationToken: cancel));
        return [.. intents.Select(intent => Unknown(intent, "process_ended"))];
    }

    /// <summary>Marks calls open since before <paramref name="before"/> as lost, whatever their node.</summary>
    /// <returns>Their records by node, for one node of all that ask at once.</returns>
    public static async Task<ILookup<string, UsageRecord>> LoseAsync(NpgsqlTransaction transaction, DateTimeOffset before, DateTimeOffset now, int most, CancellationToken cancel)
    {
        const string sql = """
            update gateway.open_calls set lost_at = @now
            where (node, id) in (select node, id from gateway.open_calls where lost_at is null and at < @before order by at limit @most for update skip locked)
            returning node, intent
            """;
        var lost = await transaction.Connection!.QueryAsync<(string Node, byte[] Intent)>(
            new CommandDefinition(sql, new { before, now, most }, transaction, cancellationToken: cancel));
        return lost.ToLookup(l => l.Node, l => Lost(l.Intent));
    }

    private static UsageRecord Lost(byte[] intent) => Unknown(intent, "node_lost");

    private static UsageRecord Unknown(byte[] intent, string code) => RecordCodec.Read(intent) with { Status = CallStatus.Unknown, ErrorCode = code };
}
