using Dapper;
using Switchyard.Platform.Access.Users;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Sessions;

/// <summary>Who is signed in, as the console needs it.</summary>
/// <param name="SignedIn">True with any valid credential.</param>
/// <param name="User">The person; null for an API key or the admin token.</param>
/// <param name="Tenant">Whose data is shown.</param>
/// <param name="Grants">Everything the caller may do.</param>
/// <param name="FirstRun">True until an administrator has set a password.</param>
public sealed record SessionView(bool SignedIn, SessionUser? User, SessionTenant? Tenant, IReadOnlyList<string> Grants, bool FirstRun);

/// <summary>The person of a session.</summary>
/// <param name="Language">Chosen language; null where none was chosen.</param>
/// <param name="HasPassword">False until a password was set.</param>
public sealed record SessionUser(Guid Id, string Name, string? Email, IReadOnlyList<string> Roles, string? Language, bool HasPassword);

/// <summary>The tenant of a session.</summary>
public sealed record SessionTenant(Guid Id, string Name);

/// <summary>Makes the view of the caller's session.</summary>
public sealed class SessionViews(Database database)
{
    private static readonly Grants[] Each = [.. Enum.GetValues<Grants>().Where(g => g != Access.Grants.None)];

    /// <summary>The view for <paramref name="caller"/>.</summary>
    public async Task<SessionView> OfAsync(Caller caller, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var firstRun = await connection.QuerySingleAsync<bool>(new CommandDefinition(
            "select not exists (select 1 from platform.users where password_hash is not null and status = 'active' and 'admin' = any(roles))",
            cancellationToken: cancel));
        if (caller.Kind == CallerKind.Anonymous) return new SessionView(false, null, null, [], firstRun);

        var tenant = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select name from platform.tenants where id = @TenantId", new { caller.TenantId }, cancellationToken: cancel));
        var user = caller.Kind == CallerKind.User
            ? await connection.QuerySingleOrDefaultAsync<UserRow>(new CommandDefinition(
                $"select {UserRow.Columns} from platform.users where id = @Id", new { caller.Id }, cancellationToken: cancel))
            : null;
        return new SessionView(
            true,
            user is null ? null : new SessionUser(user.Id, user.Name, user.Email, user.Roles, user.Language, user.PasswordHash is not null),
            new SessionTenant(caller.TenantId, tenant ?? ""),
            [.. Each.Where(g => caller.May(g)).Select(g => g.ToString().ToLowerInvariant())],
            firstRun);
    }
}
