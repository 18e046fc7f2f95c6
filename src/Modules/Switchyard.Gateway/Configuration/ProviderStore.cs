using Dapper;
using Npgsql;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Configuration;

/// <summary>The SQL of providers. Every statement names the tenant.</summary>
public sealed class ProviderStore(Database database)
{
    /// <summary>Columns of a <see cref="ProviderRow"/>.</summary>
    public const string Columns = """
        tenant_id as TenantId, id, name, kind, endpoint, mode, models, options::text as options,
        key_sealed as KeySealed, key_hint as KeyHint, key_version as KeyVersion, enabled, active,
        fallback_position as FallbackPosition, connect_timeout_ms as ConnectTimeoutMs, total_timeout_ms as TotalTimeoutMs,
        origin, version, last_test::text as LastTest, created_at as CreatedAt, updated_at as UpdatedAt
        """;

    private const string InsertSql = """
        insert into gateway.providers
            (tenant_id, id, name, kind, endpoint, mode, models, options, key_sealed, key_hint, key_version, enabled, active,
             connect_timeout_ms, total_timeout_ms, origin, version, created_at, updated_at)
        values
            (@TenantId, @Id, @Name, @Kind, @Endpoint, @Mode, @Models, @Options::jsonb, @KeySealed, @KeyHint, @KeyVersion, @Enabled, @Active,
             @ConnectTimeoutMs, @TotalTimeoutMs, @Origin, @Version, @CreatedAt, @UpdatedAt)
        """;

    private const string UpdateSql = """
        update gateway.providers set
            name = @Name, endpoint = @Endpoint, mode = @Mode, models = @Models, options = @Options::jsonb,
            key_sealed = @KeySealed, key_hint = @KeyHint, key_version = @KeyVersion, enabled = @Enabled,
            connect_timeout_ms = @ConnectTimeoutMs, total_timeout_ms = @TotalTimeoutMs,
            version = @Version, updated_at = @UpdatedAt
        where tenant_id = @TenantId and id = @Id and version = @Version - 1
        """;

    /// <summary>A tenant's providers by name.</summary>
    public async Task<IReadOnlyList<ProviderRow>> ListAsync(Guid tenant, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<ProviderRow>(new CommandDefinition(
            $"select {Columns} from gateway.providers where tenant_id = @tenant order by lower(name)", new { tenant }, cancellationToken: cancel))];
    }

    /// <summary>One provider; null when the tenant has none with this id.</summary>
    public async Task<ProviderRow?> FindAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<ProviderRow>(new CommandDefinition(
            $"select {Columns} from gateway.providers where tenant_id = @tenant and id = @id", new { tenant, id }, cancellationToken: cancel));
    }

    /// <summary>One provider, locked until the change ends.</summary>
    public static Task<ProviderRow?> LockAsync(Change change, Guid id, CancellationToken cancel) =>
        change.Connection.QuerySingleOrDefaultAsync<ProviderRow>(new CommandDefinition(
            $"select {Columns} from gateway.providers where tenant_id = @tenant and id = @id for update",
            new { tenant = change.Caller.TenantId, id }, change.Transaction, cancellationToken: cancel));

    /// <summary>Adds a provider; false when its name is taken.</summary>
    public static Task<bool> InsertAsync(Change change, ProviderRow row, CancellationToken cancel) => UnlessTaken(
        change.Connection.ExecuteAsync(new CommandDefinition(InsertSql, row, change.Transaction, cancellationToken: cancel)));

    /// <summary>Writes a locked provider, whose version must be one higher than the stored one; false when its name is taken.</summary>
    public static Task<bool> UpdateAsync(Change change, ProviderRow row, CancellationToken cancel) => UnlessTaken(
        change.Connection.ExecuteAsync(new CommandDefinition(UpdateSql, row, change.Transaction, cancellationToken: cancel)));

    /// <summary>Deletes a provider unless it is active; the row as it was, or null when nothing was deleted.</summary>
    /// <remarks>One statement decides: an activation that commits first makes the condition false, one that comes after finds no row.</remarks>
    public static Task<ProviderRow?> DeleteAsync(Change change, Guid id, long? version, CancellationToken cancel) =>
        change.Connection.QuerySingleOrDefaultAsync<ProviderRow>(new CommandDefinition(
            $"""
            delete from gateway.providers
            where tenant_id = @tenant and id = @id and not active and (@version::bigint is null or version = @version)
            returning {Columns}
            """,
            new { tenant = change.Caller.TenantId, id, version }, change.Transaction, cancellationToken: cancel));

    /// <summary>Remembers the outcome of a connection test.</summary>
    public async Task SaveTestAsync(Guid tenant, Guid id, string json, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "update gateway.providers set last_test = @json::jsonb where tenant_id = @tenant and id = @id", new { tenant, id, json }, cancellationToken: cancel));
    }

    private static async Task<bool> UnlessTaken(Task<int> write)
    {
        try
        {
            await write;
            return true;
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "providers_name" })
        {
            return false;
        }
    }
}
