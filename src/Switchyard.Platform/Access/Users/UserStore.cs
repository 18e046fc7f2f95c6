using Dapper;
using Npgsql;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Users;

/// <summary>The statements behind <see cref="UserDirectory"/> and sign-in.</summary>
internal static class UserStore
{
    /// <summary>Inserts; a problem when name or address is taken.</summary>
    public static Task<Problem?> TryInsertAsync(Change change, UserRow row, CancellationToken cancel) => TryAsync(
        change,
        """
        insert into platform.users (id, tenant_id, name, email, roles, status, password_hash, language, created_at)
        values (@Id, @TenantId, @Name, @Email, @Roles, @Status, @PasswordHash, @Language, @CreatedAt)
        """,
        row,
        cancel);

    /// <summary>Updates; a problem when name or address is taken.</summary>
    public static Task<Problem?> TryUpdateAsync(Change change, UserRow row, CancellationToken cancel) => TryAsync(
        change,
        """
        update platform.users set name = @Name, email = @Email, roles = @Roles, status = @Status,
               password_hash = @PasswordHash, language = @Language, last_sign_in_at = @LastSignInAt
        where id = @Id and tenant_id = @TenantId
        """,
        row,
        cancel);

    /// <summary>The person, locked until the end of the change; null when not of the caller's tenant.</summary>
    public static async Task<UserRow?> LockAsync(Change change, Guid id, CancellationToken cancel) =>
        await change.Connection.QuerySingleOrDefaultAsync<UserRow>(new CommandDefinition(
            $"select {UserRow.Columns} from platform.users where tenant_id = @tenant and id = @id and status <> 'removed' for update",
            new { tenant = change.Caller.TenantId, id },
            change.Transaction,
            cancellationToken: cancel));

    /// <summary>True when <paramref name="user"/> is the only one who can administer the tenant.</summary>
    public static async Task<bool> IsLastAdminAsync(Change change, UserRow user, CancellationToken cancel)
    {
        if (user.Status != "active" || !user.Roles.Contains("admin")) return false;

        // Two administrators who remove each other at the same moment must not both succeed: one waits here and
        // then counts again.
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtextextended(@tenant::text, 7355608))",
            new { tenant = user.TenantId },
            change.Transaction,
            cancellationToken: cancel));
        return !await change.Connection.QuerySingleAsync<bool>(new CommandDefinition(
            """
            select exists (select 1 from platform.users
                           where tenant_id = @tenant and id <> @id and status = 'active' and 'admin' = any(roles))
            """,
            new { tenant = user.TenantId, id = user.Id },
            change.Transaction,
            cancellationToken: cancel));
    }

    /// <summary>Ends a person's sessions but one, and makes their links worthless.</summary>
    public static Task<int> EndSessionsAsync(Change change, Guid userId, Guid? except, CancellationToken cancel) =>
        change.Connection.ExecuteAsync(new CommandDefinition(
            """
            delete from platform.sessions where user_id = @userId and id is distinct from @except::uuid;
            delete from platform.one_time_links where user_id = @userId
            """,
            new { userId, except },
            change.Transaction,
            cancellationToken: cancel));

    private static async Task<Problem?> TryAsync(Change change, string sql, UserRow row, CancellationToken cancel)
    {
        try
        {
            await change.Connection.ExecuteAsync(new CommandDefinition(sql, row, change.Transaction, cancellationToken: cancel));
            return null;
        }
        catch (PostgresException error) when (error is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "users_name" })
        {
            return CommonProblems.Taken("name", row.Name);
        }
        catch (PostgresException error) when (error is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "users_email" })
        {
            return CommonProblems.Taken("email", row.Email ?? "");
        }
    }
}
