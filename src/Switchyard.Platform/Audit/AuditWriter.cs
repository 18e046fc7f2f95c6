using Dapper;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Audit;

/// <summary>Appends hash-chained rows to <c>platform.audit</c> inside the change's transaction.</summary>
public static class AuditWriter
{
    // The head's row lock is held until the commit: one writer per tenant at a time, so the chain never forks.
    private const string LockHead = """
        insert into platform.audit_heads (tenant_id, sequence, hash) values (@tenant, 0, @start) on conflict do nothing;
        select sequence, hash from platform.audit_heads where tenant_id = @tenant for update
        """;

    private const string Append = """
        insert into platform.audit (tenant_id, sequence, id, at, actor, actor_kind, actor_id, action, resource,
                                    resource_id, before, after, previous_hash, hash)
        select @tenant, r.sequence, r.id, @at, @actor, @actorKind, @actorId, r.action, r.resource,
               r.resource_id, r.before::json, r.after::json, r.previous_hash, r.hash
        from unnest(@sequences, @ids, @actions, @resources, @resourceIds, @befores, @afters, @previous, @hashes)
             as r(sequence, id, action, resource, resource_id, before, after, previous_hash, hash);
        update platform.audit_heads set sequence = @last, hash = @head where tenant_id = @tenant
        """;

    /// <summary>Writes <paramref name="entries"/>; throws, and so fails the commit, when it cannot.</summary>
    public static async Task AppendAsync(Change change, IReadOnlyList<AuditEntry> entries, DateTimeOffset at, CancellationToken cancel)
    {
        if (entries.Count == 0) return;
        var caller = change.Caller;
        var head = await change.Connection.QuerySingleAsync<Head>(new CommandDefinition(
            LockHead, new { tenant = caller.TenantId, start = AuditRow.Start }, change.Transaction, cancellationToken: cancel));

        // The database keeps microseconds; the hash must be of what can be read back.
        var when = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        var kind = KindName(caller.Kind);
        var hashes = new byte[entries.Count + 1][];
        hashes[0] = head.Hash;
        var rows = new AuditRow[entries.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var entry = entries[i];
            rows[i] = new AuditRow(
                caller.TenantId, head.Sequence + 1 + i, Guid.CreateVersion7(at), when, caller.Name, kind, caller.Id,
                entry.Action, entry.Resource, entry.ResourceId, SecretMask.Apply(entry.Before), SecretMask.Apply(entry.After));
            hashes[i + 1] = rows[i].Hash(hashes[i]);
        }

        await change.Connection.ExecuteAsync(new CommandDefinition(
            Append,
            new
            {
                tenant = caller.TenantId,
                at = when,
                actor = caller.Name,
                actorKind = kind,
                actorId = caller.Id,
                sequences = rows.Select(r => r.Sequence).ToArray(),
                ids = rows.Select(r => r.Id).ToArray(),
                actions = rows.Select(r => r.Action).ToArray(),
                resources = rows.Select(r => r.Resource).ToArray(),
                resourceIds = rows.Select(r => r.ResourceId).ToArray(),
                befores = rows.Select(r => r.Before).ToArray(),
                afters = rows.Select(r => r.After).ToArray(),
                previous = hashes[..^1],
                hashes = hashes[1..],
                last = rows[^1].Sequence,
                head = hashes[^1],
            },
            change.Transaction,
            cancellationToken: cancel));
    }

    private static string KindName(Access.CallerKind kind) => kind switch
    {
        Access.CallerKind.User => "user",
        Access.CallerKind.ApiKey => "api-key",
        Access.CallerKind.AdminToken => "admin-token",
        Access.CallerKind.System => "system",
        _ => "anonymous",
    };

    private sealed record Head(long Sequence, byte[] Hash);
}
