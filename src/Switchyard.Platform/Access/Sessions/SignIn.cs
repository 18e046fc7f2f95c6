using System.Net;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Contracts.Events.Access;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.Access.Users;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Sessions;

/// <summary>A session that has just begun.</summary>
/// <param name="Token">Goes into the cookie and nowhere else.</param>
/// <param name="Caller">Who signed in.</param>
public sealed record NewSession(string Token, Caller Caller);

/// <summary>Begins and ends the sessions of people.</summary>
public sealed class SignIn(
    Database database,
    SessionRing sessions,
    SignInGuard guard,
    Passwords passwords,
    OneTimeLinks links,
    IOptions<AccessOptions> options,
    TimeProvider time,
    ILogger<SignIn> log)
{
    /// <summary>By name or e-mail address and password. An unknown name gets the same answer after the same time.</summary>
    public async Task<Result<NewSession>> ByPasswordAsync(string name, string password, IPAddress? address, CancellationToken cancel)
    {
        if (await guard.CountAsync(name, address, cancel) is { } wait) return wait;
        var user = await FindAsync(name, cancel);
        var right = await passwords.VerifyAsync(user?.PasswordHash, password, cancel);
        if (!right || user is not { Status: "active" })
        {
            log.LogWarning("A sign-in failed from {Address}", address);
            return AccessProblems.SignInFailed;
        }

        await guard.ForgiveAsync(name, address, cancel);
        await using var change = await database.BeginAsync(user.ToCaller(), cancel);
        return await BeginAsync(change, user, "sign-in", address, cancel) is { } session ? session : AccessProblems.SignInFailed;
    }

    /// <summary>By a one-time link.</summary>
    public async Task<Result<NewSession>> ByLinkAsync(string token, IPAddress? address, CancellationToken cancel)
    {
        if (!SecretHash.TryOf(token, out var hash) || await links.FindAsync(hash, cancel) is not { } user) return AccessProblems.LinkInvalid;
        await using var change = await database.BeginAsync(user.ToCaller(), cancel);
        if (!await links.TryUseAsync(change, hash, cancel)) return AccessProblems.LinkInvalid;
        return await BeginAsync(change, user, "sign-in-by-link", address, cancel) is { } session ? session : AccessProblems.LinkInvalid;
    }

    /// <summary>Ends one session, here and on every node.</summary>
    public async Task EndAsync(Principal session, CancellationToken cancel)
    {
        var user = session.Caller;
        await using var change = await database.BeginAsync(user, cancel);
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "delete from platform.sessions where id = @id", new { id = session.Id }, change.Transaction, cancellationToken: cancel));
        change.Record(new AuditEntry("sign-out", "session", session.Id.ToString(), null, null));
        change.Raise(session.Id.ToString(), new SessionRevoked(user.Id!.Value, session.Id));
        await change.CommitAsync(cancel);
        await sessions.RefreshAsync(cancel);
    }

    /// <summary>Sets a person's own password and ends their other sessions.</summary>
    /// <param name="session">The session that stays.</param>
    /// <param name="current">The current password; may be null only where there is none yet.</param>
    /// <param name="next">The new one.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Problem?> ChangePasswordAsync(Principal session, string? current, string next, CancellationToken cancel)
    {
        var caller = session.Caller;
        if (Passwords.Check("new", next, caller.Name) is { } weak) return weak;
        if (await FindAsync(caller.Name, cancel) is not { } user || user.Id != caller.Id) return AccessProblems.NotAuthenticated;
        if (user.PasswordHash is not null)
        {
            // Whoever found an unlocked screen must not be able to guess on.
            if (await guard.CountAsync(caller.Name, null, cancel) is { } wait) return wait;
            if (!await passwords.VerifyAsync(user.PasswordHash, current ?? "", cancel)) return AccessProblems.PasswordWrong;
            await guard.ForgiveAsync(caller.Name, null, cancel);
        }

        var hash = await passwords.HashAsync(next, cancel);
        await using var change = await database.BeginAsync(caller, cancel);
        var updated = await change.Connection.ExecuteAsync(new CommandDefinition(
            "update platform.users set password_hash = @hash where id = @id and password_hash is not distinct from @before and status = 'active'",
            new { hash, id = user.Id, before = user.PasswordHash },
            change.Transaction,
            cancellationToken: cancel));
        if (updated == 0) return AccessProblems.PasswordWrong;
        await UserStore.EndSessionsAsync(change, user.Id, except: session.Id, cancel);
        change.Record(new AuditEntry("change-password", "user", user.Id.ToString(), null, null));
        change.Raise(user.Id.ToString(), new SessionRevoked(user.Id, null));
        await change.CommitAsync(cancel);
        await sessions.RefreshAsync(cancel);
        return null;
    }

    private async Task<UserRow?> FindAsync(string name, CancellationToken cancel)
    {
        // The database cannot hold this character, so nobody has it in their name.
        if (name.Contains('\0', StringComparison.Ordinal)) return null;
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<UserRow>(new CommandDefinition(
            $"select {UserRow.Columns} from platform.users where (lower(name) = lower(@name) or lower(email) = lower(@name)) and status <> 'removed'",
            new { name = name.Trim() },
            cancellationToken: cancel));
    }

    // Null when the person was disabled, or got another password, since we looked.
    private async Task<NewSession?> BeginAsync(Change change, UserRow user, string action, IPAddress? address, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var signedIn = await change.Connection.ExecuteAsync(new CommandDefinition(
            """
            update platform.users set last_sign_in_at = @now, status = 'active'
            where id = @Id and status in ('invited', 'active') and password_hash is not distinct from @PasswordHash
            """,
            new { now, user.Id, user.PasswordHash },
            change.Transaction,
            cancellationToken: cancel));
        if (signedIn == 0) return null;

        var session = Guid.CreateVersion7(now);
        var token = RandomSecret.New();
        await change.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into platform.sessions (id, tenant_id, user_id, token_hash, created_at, last_seen_at, expires_at, address)
            values (@session, @TenantId, @userId, @hash, @now, @now, @expiresAt, @address)
            """,
            new
            {
                session,
                user.TenantId,
                userId = user.Id,
                hash = SecretHash.Of(token).ToBytes(),
                now,
                expiresAt = now + options.Value.SessionLongest,
                address = address?.ToString() ?? "",
            },
            change.Transaction,
            cancellationToken: cancel));
        change.Record(new AuditEntry(action, "session", session.ToString(), null, null));
        change.Raise(session.ToString(), new SessionStarted(session, user.Id));
        await change.CommitAsync(cancel);
        await sessions.RefreshAsync(cancel);
        return new NewSession(token, user.ToCaller());
    }
}
