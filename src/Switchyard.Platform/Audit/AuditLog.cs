using System.Runtime.CompilerServices;
using Dapper;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Audit;

/// <summary>Reads the audit log of a tenant and checks its chain.</summary>
public sealed class AuditLog(Database database)
{
    private const int Batch = 1000;

    private const string PageSql = $"""
        select {StoredAuditRow.Columns} from platform.audit
        where tenant_id = @tenant
          and (@before::bigint is null or sequence < @before)
          and (@From::timestamptz is null or at >= @From)
          and (@To::timestamptz is null or at < @To)
          and (@Actor::text is null or actor = @Actor)
          and (@Action::text is null or action = @Action)
          and (@Resource::text is null or resource = @Resource)
          and (@ResourceId::text is null or resource_id = @ResourceId)
        order by sequence desc limit @limit
        """;

    private const string ChainSql = $"""
        select {StoredAuditRow.Columns} from platform.audit
        where tenant_id = @tenant and sequence > @after order by sequence limit @limit
        """;

    /// <summary>Rows newest first, with the position of each for paging.</summary>
    public async Task<IReadOnlyList<(long Position, AuditItem Item)>> ReadAsync(
        Guid tenant, AuditFilter filter, long? before, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<StoredAuditRow>(new CommandDefinition(
            PageSql,
            new { tenant, before, limit, filter.From, filter.To, filter.Actor, filter.Action, filter.Resource, filter.ResourceId },
            cancellationToken: cancel));
        return [.. rows.Select(r => (r.Sequence, r.ToItem()))];
    }

    /// <summary>All rows newest first, fetched in batches, for export.</summary>
    public async IAsyncEnumerable<AuditItem> ReadAllAsync(Guid tenant, AuditFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        long? before = null;
        while (true)
        {
            var rows = await ReadAsync(tenant, filter, before, Batch, cancel);
            foreach (var (position, item) in rows)
            {
                before = position;
                yield return item;
            }

            if (rows.Count < Batch) yield break;
        }
    }

    /// <summary>
    /// Walks the whole chain: every row must have its right hash, follow the one before without a gap, and the
    /// last must be the head.
    /// </summary>
    public async Task<AuditVerification> VerifyAsync(Guid tenant, CancellationToken cancel)
    {
        // One snapshot for rows and head, so that rows written meanwhile do not look like damage.
        await using var connection = await database.OpenAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var head = await connection.QuerySingleOrDefaultAsync<Head>(new CommandDefinition(
            "select sequence, hash from platform.audit_heads where tenant_id = @tenant", new { tenant }, snapshot, cancellationToken: cancel));
        var (previous, after, last) = (AuditRow.Start, 0L, (Guid?)null);
        while (true)
        {
            var count = 0;
            foreach (var row in await connection.QueryAsync<StoredAuditRow>(new CommandDefinition(
                ChainSql, new { tenant, after, limit = Batch }, snapshot, cancellationToken: cancel)))
            {
                var reason = row.Sequence != after + 1 ? "row-missing"
                    : !row.PreviousHash.AsSpan().SequenceEqual(previous) ? "chain-broken"
                    : !row.RightHash().AsSpan().SequenceEqual(row.Hash) ? "row-changed"
                    : null;
                if (reason is not null) return new AuditVerification(false, after, row.Id, row.Sequence, reason);
                (previous, after, last) = (row.Hash, row.Sequence, row.Id);
                count++;
            }

            if (count < Batch) break;
        }

        var complete = head is null ? after == 0 : head.Sequence == after && head.Hash.AsSpan().SequenceEqual(previous);
        return complete
            ? new AuditVerification(true, after, null, null, null)
            : new AuditVerification(false, after, last ?? Guid.Empty, after + 1, "end-missing");
    }

    private sealed record Head(long Sequence, byte[] Hash);
}

/// <summary>What checking the chain found.</summary>
/// <param name="Ok">True when every row is as it was written and none is missing.</param>
/// <param name="Checked">Rows that are right, counted from the first.</param>
/// <param name="BrokenAt">Id of the row where it breaks (the last one where the end is missing); null when whole.</param>
/// <param name="BrokenSequence">Its position.</param>
/// <param name="Reason"><c>row-changed</c>, <c>row-missing</c>, <c>chain-broken</c> or <c>end-missing</c>.</param>
public sealed record AuditVerification(bool Ok, long Checked, Guid? BrokenAt, long? BrokenSequence, string? Reason);
