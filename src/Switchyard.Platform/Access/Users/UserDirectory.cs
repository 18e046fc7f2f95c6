using Dapper;
using Switchyard.Contracts.Events.Access;
using Switchyard.Platform.Access.Sessions;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Users;

/// <summary>A person to add.</summary>
/// <param name="Password">Null to send an invitation instead.</param>
public sealed record NewUser(string Name, string? Email, IReadOnlyList<string> Roles, string? Password);

/// <summary>What to change about a person; null leaves a field as it is.</summary>
/// <param name="Email">An empty text removes the address.</param>
/// <param name="Status"><c>active</c> or <c>disabled</c>.</param>
public sealed record UserPatch(string? Name = null, string? Email = null, IReadOnlyList<string>? Roles = null, string? Status = null);

/// <summary>A person, and the token of their one-time link where one was made.</summary>
public sealed record UserWithLink(User User, string? LinkToken);

/// <summary>
/// The people of a tenant. Nobody can grant more than they have; the last administrator can be neither removed nor
/// demoted nor disabled; whoever loses a right loses it on every node within two seconds.
/// </summary>
public sealed class UserDirectory(
    Database database, Passwords passwords, OneTimeLinks links, SessionRing sessions, TimeProvider time)
{
    private const string NotFoundName = "user";

    /// <summary>People by age, oldest first.</summary>
    public async Task<IReadOnlyList<User>> ListAsync(Guid tenant, Guid? after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<UserRow>(new CommandDefinition(
            $"""
            select {UserRow.Columns} from platform.users
            where tenant_id = @tenant and status <> 'removed' and (@after::uuid is null or id > @after)
            order by id limit @limit
            """,
            new { tenant, after, limit },
            cancellationToken: cancel));
        return [.. rows.Select(r => r.ToUser())];
    }

    /// <summary>One person of the tenant; null for nobody.</summary>
    public async Task<User?> FindAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QuerySingleOrDefaultAsync<UserRow>(new CommandDefinition(
            $"select {UserRow.Columns} from platform.users where tenant_id = @tenant and id = @id and status <> 'removed'",
            new { tenant, id },
            cancellationToken: cancel)))?.ToUser();
    }

    /// <summary>Adds a person, with a password or with a link to set one.</summary>
    public async Task<Result<UserWithLink>> CreateAsync(Caller caller, NewUser user, CancellationToken cancel)
    {
        if (UserRules.Check(user.Name, user.Email, user.Roles) is { } invalid) return invalid;
        if (user.Password is not null && Passwords.Check("password", user.Password, user.Name) is { } weak) return weak;
        if (!caller.May(GrantSets.Of(user.Roles))) return AccessProblems.MoreThanOwn("roles");

        var now = time.GetUtcNow();
        var row = new UserRow
        {
            Id = Guid.CreateVersion7(now),
            TenantId = caller.TenantId,
            Name = user.Name,
            Email = string.IsNullOrEmpty(user.Email) ? null : user.Email,
            Roles = [.. user.Roles.Distinct()],
            Status = user.Password is null ? "invited" : "active",
            PasswordHash = user.Password is null ? null : await passwords.HashAsync(user.Password, cancel),
            CreatedAt = now,
        };
        await using var change = await database.BeginAsync(caller, cancel);
        if (await UserStore.TryInsertAsync(change, row, cancel) is { } taken) return taken;
        var token = user.Password is null ? await links.IssueAsync(change, row.Id, OneTimeLinks.Invitation, cancel) : null;
        change.Record(new AuditEntry("create", "user", row.Id.ToString(), null, AuditJson.Of(row.ForAudit())));
        change.Raise(row.Id.ToString(), new UserChanged(row.Id, "created"));
        await change.CommitAsync(cancel);
        return new UserWithLink(row.ToUser(), token);
    }

    /// <summary>Changes a person.</summary>
    public async Task<Result<User>> UpdateAsync(Caller caller, Guid id, UserPatch patch, CancellationToken cancel)
    {
        if (UserRules.Check(patch.Name, patch.Email, patch.Roles) is { } invalid) return invalid;
        if (patch.Status is not (null or "active" or "disabled")) return CommonProblems.NotAllowed("status", ["active", "disabled"]);
        if (patch.Roles is not null && !caller.May(GrantSets.Of(patch.Roles))) return AccessProblems.MoreThanOwn("roles");

        await using var change = await database.BeginAsync(caller, cancel);
        var found = await UserStore.LockAsync(change, id, cancel);
        if (found is not { } before) return CommonProblems.NotFound(NotFoundName, id);
        if (!caller.May(GrantSets.Of(before.Roles))) return AccessProblems.MoreThanOwn("roles");
        var after = before with
        {
            Name = patch.Name ?? before.Name,
            Email = patch.Email is null ? before.Email : patch.Email.Length == 0 ? null : patch.Email,
            Roles = patch.Roles is null ? before.Roles : [.. patch.Roles.Distinct()],
            // Somebody invited becomes active by signing in, not by being edited.
            Status = patch.Status is null || (patch.Status == "active" && before.Status == "invited") ? before.Status : patch.Status,
        };
        if (!IsAdmin(after) && await UserStore.IsLastAdminAsync(change, before, cancel)) return AccessProblems.LastAdmin;
        if (await UserStore.TryUpdateAsync(change, after, cancel) is { } taken) return taken;
        change.Record(new AuditEntry("update", "user", id.ToString(), AuditJson.Of(before.ForAudit()), AuditJson.Of(after.ForAudit())));
        change.Raise(id.ToString(), new UserChanged(id, "updated"));
        await change.CommitAsync(cancel);
        await sessions.RefreshAsync(cancel);
        return after.ToUser();
    }

    /// <summary>Removes a person: their sessions end, their links and API keys stop working.</summary>
    public async Task<Problem?> RemoveAsync(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        var found = await UserStore.LockAsync(change, id, cancel);
        if (found is not { } before) return CommonProblems.NotFound(NotFoundName, id);
        if (!caller.May(GrantSets.Of(before.Roles))) return AccessProblems.MoreThanOwn("roles");
        if (await UserStore.IsLastAdminAsync(change, before, cancel)) return AccessProblems.LastAdmin;
        await UserStore.TryUpdateAsync(change, before with { Status = "removed", PasswordHash = null }, cancel);
        await UserStore.EndSessionsAsync(change, id, except: null, cancel);
        change.Record(new AuditEntry("delete", "user", id.ToString(), AuditJson.Of(before.ForAudit()), null));
        change.Raise(id.ToString(), new UserChanged(id, "removed"));
        await change.CommitAsync(cancel);
        await sessions.RefreshAsync(cancel);
        return null;
    }

    /// <summary>Takes a person's password and sessions away and makes a link to set a new one.</summary>
    public async Task<Result<UserWithLink>> ResetAsync(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        var found = await UserStore.LockAsync(change, id, cancel);
        if (found is not { } before) return CommonProblems.NotFound(NotFoundName, id);
        if (!caller.May(GrantSets.Of(before.Roles))) return AccessProblems.MoreThanOwn("roles");
        var after = before with { PasswordHash = null };
        await UserStore.TryUpdateAsync(change, after, cancel);
        await UserStore.EndSessionsAsync(change, id, except: null, cancel);
        var token = await links.IssueAsync(change, id, OneTimeLinks.Invitation, cancel);
        change.Record(new AuditEntry("reset", "user", id.ToString(), AuditJson.Of(before.ForAudit()), AuditJson.Of(after.ForAudit())));
        change.Raise(id.ToString(), new SessionRevoked(id, null));
        await change.CommitAsync(cancel);
        await sessions.RefreshAsync(cancel);
        return new UserWithLink(after.ToUser(), token);
    }

    /// <summary>Ends all sessions of a person, open streams included.</summary>
    public async Task<Problem?> EndSessionsAsync(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        if (await UserStore.LockAsync(change, id, cancel) is null) return CommonProblems.NotFound(NotFoundName, id);
        await UserStore.EndSessionsAsync(change, id, except: null, cancel);
        change.Record(new AuditEntry("end-sessions", "user", id.ToString(), null, null));
        change.Raise(id.ToString(), new SessionRevoked(id, null));
        await change.CommitAsync(cancel);
        await sessions.RefreshAsync(cancel);
        return null;
    }

    private static bool IsAdmin(UserRow user) => user.Status == "active" && user.Roles.Contains("admin");
}
