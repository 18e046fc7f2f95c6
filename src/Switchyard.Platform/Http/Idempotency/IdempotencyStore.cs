using Dapper;
using Switchyard.Platform.Access;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Http.Idempotency;

/// <summary>The rows of <c>platform.idempotency</c>. Every transition has one winner.</summary>
public sealed class IdempotencyStore(Database database, TimeProvider time)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>How long a request may take before another may assume that its process died.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private const string ClaimSql = """
        with swept as (
            delete from platform.idempotency where id in (
                select id from platform.idempotency where created_at < @oldest order by created_at limit 100 for update skip locked))
        insert into platform.idempotency (id, tenant_id, caller, key, fingerprint, state, lease_until, created_at)
        values (@id, @tenant, @caller, @key, @fingerprint, 'in-flight', @lease, @now)
        on conflict (tenant_id, caller, key) do update
            set id = excluded.id, fingerprint = excluded.fingerprint, state = 'in-flight',
                lease_until = excluded.lease_until, created_at = excluded.created_at,
                status = null, content_type = null, location = null, etag = null, answer = null
            where platform.idempotency.created_at < @oldest
               or (platform.idempotency.state = 'in-flight' and platform.idempotency.lease_until < @now
                   and platform.idempotency.fingerprint = @fingerprint)
        returning id
        """;

    private const string FindSql = """
        select id, fingerprint, state, lease_until as LeaseUntil, status, content_type as ContentType, location, etag, answer
        from platform.idempotency where tenant_id = @tenant and caller = @caller and key = @key
        """;

    private const string AnswerSql = """
        update platform.idempotency
        set state = 'answered', status = @status, content_type = @contentType, location = @location, etag = @etag, answer = @answer
        where id = @id
        """;

    /// <summary>Claims the key for this request; null when another holds it (<see cref="FindAsync"/> says who).</summary>
    public async Task<Guid?> ClaimAsync(Caller caller, string key, byte[] fingerprint, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            ClaimSql,
            new { id, tenant = caller.TenantId, caller = Name(caller), key, fingerprint, lease = now + Lease, now, oldest = now - Kept },
            cancellationToken: cancel));
    }

    /// <summary>The row that holds the key.</summary>
    public async Task<IdempotencyRow?> FindAsync(Caller caller, string key, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<IdempotencyRow>(new CommandDefinition(
            FindSql, new { tenant = caller.TenantId, caller = Name(caller), key }, cancellationToken: cancel));
    }

    /// <summary>Stores the answer for later repetitions.</summary>
    public async Task AnswerAsync(Guid id, StoredAnswer answer, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            AnswerSql,
            new { id, status = answer.Status, contentType = answer.ContentType, location = answer.Location, etag = answer.ETag, answer = answer.Sealed },
            cancellationToken: cancel));
    }

    /// <summary>Gives the key back after a failure that changed nothing.</summary>
    public async Task ReleaseAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from platform.idempotency where id = @id and state = 'in-flight'", new { id }, cancellationToken: cancel));
    }

    private static string Name(Caller caller) => $"{caller.Kind}:{caller.Id}";
}
