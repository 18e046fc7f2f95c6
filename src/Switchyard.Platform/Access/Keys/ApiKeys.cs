using Dapper;
using Switchyard.Contracts.Events.Access;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Keys;

/// <summary>
/// Makes, changes and revokes API keys. Writing methods work inside the caller's change, so that a module can keep
/// its own part of a key in the same transaction; refresh the <see cref="KeyRing"/> after the commit to see
/// the effect on this node at once.
/// </summary>
public sealed class ApiKeys(Database database, KeyRing ring, TimeProvider time)
{
    private const int LongestName = 80;
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3653);

    /// <summary>Keys of a tenant, newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(Guid tenant, Guid? before, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<ApiKeyRow>(new CommandDefinition(
            $"""
            select {ApiKeyRow.Columns} from platform.api_keys
            where tenant_id = @tenant and (@before::uuid is null or id < @before)
            order by id desc limit @limit
            """,
            new { tenant, before, limit },
            cancellationToken: cancel));
        return [.. rows.Select(r => r.ToKey())];
    }

    /// <summary>One key of the tenant; null for none.</summary>
    public async Task<ApiKey?> FindAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QuerySingleOrDefaultAsync<ApiKeyRow>(new CommandDefinition(
            $"select {ApiKeyRow.Columns} from platform.api_keys where tenant_id = @tenant and id = @id",
            new { tenant, id },
            cancellationToken: cancel)))?.ToKey();
    }

    /// <summary>Makes a key for the change's caller.</summary>
    public async Task<Result<CreatedApiKey>> CreateAsync(Change change, NewApiKey key, CancellationToken cancel)
    {
        var maker = change.Caller;
        var now = time.GetUtcNow();
        if (Check(maker, key.Name, key.Scopes, key.ExpiresAt, now) is { } problem) return problem;
        var secret = RandomSecret.NewKey();
        var row = new ApiKeyRow
        {
            Id = Guid.CreateVersion7(now),
            Name = key.Name.Trim(),
            Prefix = RandomSecret.PrefixOf(secret),
            Scopes = [.. key.Scopes.Distinct()],
            Restricted = key.Policy is not null,
            OwnerUserId = maker.Kind == CallerKind.User ? maker.Id : null,
            OwnerKeyId = maker.Kind == CallerKind.ApiKey ? maker.Id : null,
            OwnerName = maker.Name,
            CreatedAt = now,
            ExpiresAt = key.ExpiresAt,
        };
        await change.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into platform.api_keys (id, tenant_id, name, prefix, secret_hash, scopes, restricted,
                                           owner_user_id, owner_key_id, owner_name, created_at, expires_at)
            values (@Id, @tenant, @Name, @Prefix, @hash, @Scopes, @Restricted,
                    @OwnerUserId, @OwnerKeyId, @OwnerName, @CreatedAt, @ExpiresAt)
            """,
            new
            {
                row.Id, tenant = maker.TenantId, row.Name, row.Prefix, hash = SecretHash.Of(secret).ToBytes(), row.Scopes,
                row.Restricted, row.OwnerUserId, row.OwnerKeyId, row.OwnerName, row.CreatedAt, row.ExpiresAt,
            },
            change.Transaction,
            cancellationToken: cancel));
        change.Record(new AuditEntry("create", "api-key", row.Id.ToString(), null, AuditJson.Of(row.ForAudit(key.Policy))));
        change.Raise(row.Id.ToString(), new KeyChanged(row.Id, "created"));
        return new CreatedApiKey(row.ToKey(), secret);
    }

    /// <summary>Changes a key that is not revoked.</summary>
    public async Task<Result<ApiKey>> UpdateAsync(Change change, Guid id, ApiKeyPatch patch, CancellationToken cancel)
    {
        if (await LockAsync(change, id, cancel) is not { RevokedAt: null } before) return CommonProblems.NotFound("api-key", id);
        if (CheckReach(change.Caller, before) is { } reach) return reach;
        var after = before with
        {
            Name = patch.Name?.Trim() ?? before.Name,
            Scopes = patch.Scopes is null ? before.Scopes : [.. patch.Scopes.Distinct()],
            ExpiresAt = patch.SetExpiry ? patch.ExpiresAt : before.ExpiresAt,
            Restricted = patch.SetPolicy ? patch.PolicyAfter is not null : before.Restricted,
        };
        if (Check(change.Caller, after.Name, after.Scopes, patch.SetExpiry ? after.ExpiresAt : null, time.GetUtcNow()) is { } problem) return problem;
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "update platform.api_keys set name = @Name, scopes = @Scopes, expires_at = @ExpiresAt, restricted = @Restricted where id = @Id",
            new { after.Name, after.Scopes, after.ExpiresAt, after.Restricted, after.Id },
            change.Transaction,
            cancellationToken: cancel));
        var policyAfter = patch.SetPolicy ? patch.PolicyAfter : patch.PolicyBefore;
        change.Record(new AuditEntry(
            "update", "api-key", id.ToString(), AuditJson.Of(before.ForAudit(patch.PolicyBefore)), AuditJson.Of(after.ForAudit(policyAfter))));
        change.Raise(id.ToString(), new KeyChanged(id, "updated"));
        return after.ToKey();
    }

    /// <summary>Revokes a key for good, and with it every key that was made by it.</summary>
    /// <param name="change">Carries the caller.</param>
    /// <param name="id">The key.</param>
    /// <param name="policy">What its module held it to, for the audit log.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Problem?> RevokeAsync(Change change, Guid id, object? policy, CancellationToken cancel)
    {
        if (await LockAsync(change, id, cancel) is not { RevokedAt: null } before) return CommonProblems.NotFound("api-key", id);
        if (CheckReach(change.Caller, before) is { } reach) return reach;
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "update platform.api_keys set revoked_at = @now where id = @id",
            new { now = time.GetUtcNow(), id },
            change.Transaction,
            cancellationToken: cancel));
        change.Record(new AuditEntry("revoke", "api-key", id.ToString(), AuditJson.Of(before.ForAudit(policy)), null));
        change.Raise(id.ToString(), new KeyChanged(id, "revoked"));
        return null;
    }

    private static Task<ApiKeyRow?> LockAsync(Change change, Guid id, CancellationToken cancel) =>
        change.Connection.QuerySingleOrDefaultAsync<ApiKeyRow?>(new CommandDefinition(
            $"select {ApiKeyRow.Columns} from platform.api_keys where tenant_id = @tenant and id = @id for update",
            new { tenant = change.Caller.TenantId, id },
            change.Transaction,
            cancellationToken: cancel));

    // A key that can do more than the caller is not the caller's to change.
    private static Problem? CheckReach(Caller caller, ApiKeyRow key) =>
        caller.May(GrantSets.Of(key.Scopes)) ? null : AccessProblems.MoreThanOwn("scopes");

    private Problem? Check(Caller maker, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var wrong = new List<Problem>();
        if (string.IsNullOrWhiteSpace(name)) wrong.Add(CommonProblems.Required("name"));
        else if (name.Length > LongestName) wrong.Add(CommonProblems.TooLong("name", LongestName));
        else if (name.Any(char.IsControl)) wrong.Add(CommonProblems.ControlCharacter("name"));
        if (scopes.Count == 0) wrong.Add(CommonProblems.Required("scopes"));
        if (scopes.Any(s => !GrantSets.Scopes.Contains(s))) wrong.Add(CommonProblems.NotAllowed("scopes", GrantSets.Scopes));
        else if (!maker.May(GrantSets.Of(scopes))) return AccessProblems.MoreThanOwn("scopes");
        var latest = maker is { Kind: CallerKind.ApiKey, Id: { } id } && ring.Find(id)?.ExpiresAt is { } own ? own : now + Furthest;
        if (expiresAt <= now || expiresAt > latest) wrong.Add(CommonProblems.OutOfRange("expiresAt", now.ToString("u"), latest.ToString("u")));
        return wrong.Count == 0 ? null : wrong.Count == 1 ? wrong[0] : CommonProblems.Invalid(wrong);
    }
}
