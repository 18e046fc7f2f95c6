using Dapper;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Keys;

/// <summary>The statements behind key policies.</summary>
internal static class KeyPolicyStore
{
    /// <summary>The policy of a key; null for none. The key's row is locked by whoever changes it.</summary>
    public static async Task<KeyPolicy?> FindAsync(Change change, Guid keyId, CancellationToken cancel) =>
        await change.Connection.QuerySingleOrDefaultAsync<string[]>(new CommandDefinition(
            "select allowed_models from gateway.key_policies where key_id = @keyId and tenant_id = @TenantId",
            new { keyId, change.Caller.TenantId },
            change.Transaction,
            cancellationToken: cancel)) is { } models
            ? new KeyPolicy(models)
            : null;

    /// <summary>Policies of several keys.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string[]>> FindAllAsync(Database database, Guid tenant, Guid[] keyIds, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(Guid Id, string[] Models)>(new CommandDefinition(
            "select key_id, allowed_models from gateway.key_policies where tenant_id = @tenant and key_id = any(@keyIds)",
            new { tenant, keyIds },
            cancellationToken: cancel));
        return rows.ToDictionary(r => r.Id, r => r.Models);
    }

    /// <summary>Sets or, with null, removes a policy.</summary>
    public static Task<int> WriteAsync(Change change, Guid keyId, KeyPolicy? policy, CancellationToken cancel) =>
        change.Connection.ExecuteAsync(new CommandDefinition(
            policy is null
                ? "delete from gateway.key_policies where key_id = @keyId and tenant_id = @TenantId"
                : """
                  insert into gateway.key_policies (key_id, tenant_id, allowed_models) values (@keyId, @TenantId, @models)
                  on conflict (key_id) do update set allowed_models = @models
                  """,
            new { keyId, change.Caller.TenantId, models = policy?.AllowedModels.ToArray() },
            change.Transaction,
            cancellationToken: cancel));
}
