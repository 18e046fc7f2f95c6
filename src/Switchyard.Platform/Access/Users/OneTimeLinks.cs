using Dapper;
using Microsoft.Extensions.Options;
using Switchyard.Contracts.Events.Access;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Users;

/// <summary>Links that sign a person in once: <c>/welcome?token=…</c>. Only the hash of the token is kept.</summary>
public sealed class OneTimeLinks(Database database, IOptions<AccessOptions> options, TimeProvider time)
{
    /// <summary>Purpose of the link that the first start prints.</summary>
    public const string FirstStart = "first-start";

    /// <summary>Purpose of a link for a person who was added or whose password was reset.</summary>
    public const string Invitation = "invitation";

    private const string Admin = "admin";

    /// <summary>Where the console takes a token.</summary>
    public static string PathOf(string token) => $"/welcome?token={token}";

    /// <summary>
    /// The token for the operator at start-up: creates the first administrator where there are no people yet, and
    /// makes a link as long as nobody can sign in otherwise. Null once somebody can.
    /// </summary>
    public async Task<string?> FirstStartAsync(CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(Caller.System(Tenants.Default), cancel);

        // Two nodes may start at once; the second must see the first one's administrator.
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(7355608)", transaction: change.Transaction, cancellationToken: cancel));
        var admins = (await change.Connection.QueryAsync<UserRow>(new CommandDefinition(
            $"select {UserRow.Columns} from platform.users where tenant_id = @tenant and status in ('invited', 'active') and 'admin' = any(roles) order by id",
            new { tenant = Tenants.Default },
            change.Transaction,
            cancellationToken: cancel))).AsList();
        if (admins.Any(a => a.PasswordHash is not null)) return null;

        var admin = admins.Count > 0 ? admins[0].Id : await CreateAdminAsync(change, cancel);
        var token = await IssueAsync(change, admin, FirstStart, cancel);
        await change.CommitAsync(cancel);
        return token;
    }

    /// <summary>Makes a link as part of <paramref name="change"/> and returns its token.</summary>
    public async Task<string> IssueAsync(Change change, Guid userId, string purpose, CancellationToken cancel)
    {
        var token = RandomSecret.New();
        var now = time.GetUtcNow();
        var life = purpose == FirstStart ? options.Value.FirstLinkLife : options.Value.InvitationLife;
        await change.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into platform.one_time_links (id, tenant_id, user_id, purpose, token_hash, created_at, expires_at)
            values (@id, @tenant, @userId, @purpose, @hash, @now, @expiresAt)
            """,
            new
            {
                id = Guid.CreateVersion7(now),
                tenant = change.Caller.TenantId,
                userId,
                purpose,
                hash = SecretHash.Of(token).ToBytes(),
                now,
                expiresAt = now + life,
            },
            change.Transaction,
            cancellationToken: cancel));
        return token;
    }

    /// <summary>Whom a token would sign in; null when it was used, has expired or never existed.</summary>
    internal async Task<UserRow?> FindAsync(SecretHash token, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<UserRow>(new CommandDefinition(
            """
            select u.* from platform.one_time_links l join platform.users u on u.id = l.user_id
            where l.token_hash = @hash and l.used_at is null and l.expires_at > @now and u.status in ('invited', 'active')
            """,
            new { hash = token.ToBytes(), now = time.GetUtcNow() },
            cancellationToken: cancel));
    }

    /// <summary>Uses a token up; false when somebody else was faster.</summary>
    internal async Task<bool> TryUseAsync(Change change, SecretHash token, CancellationToken cancel) =>
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "update platform.one_time_links set used_at = @now where token_hash = @hash and used_at is null and expires_at > @now",
            new { hash = token.ToBytes(), now = time.GetUtcNow() },
            change.Transaction,
            cancellationToken: cancel)) == 1;

    private async Task<Guid> CreateAdminAsync(Change change, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var row = new UserRow
        {
            Id = Guid.CreateVersion7(now), TenantId = Tenants.Default, Name = Admin, Roles = ["admin"], Status = "invited", CreatedAt = now,
        };
        if (await UserStore.TryInsertAsync(change, row, cancel) is not null)
            throw new ConfigurationException("users", new Phrase("settings.admin", ("name", Admin)));
        change.Record(new AuditEntry("create", "user", row.Id.ToString(), null, AuditJson.Of(row.ForAudit())));
        change.Raise(row.Id.ToString(), new UserChanged(row.Id, "created"));
        return row.Id;
    }
}
