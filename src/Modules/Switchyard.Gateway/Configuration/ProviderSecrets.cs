using Dapper;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Configuration;

/// <summary>Takes the providers' keys along when the master key is rotated.</summary>
public sealed class ProviderSecrets(Database database) : ISealedSecrets
{
    private const string Page = """
        select tenant_id as TenantId, id, key_sealed as KeySealed, key_version as KeyVersion
        from gateway.providers where key_sealed is not null and id > @after order by id limit 500
        """;

    /// <inheritdoc/>
    public async Task<int> RewrapAsync(SecretBox box, CancellationToken cancel)
    {
        var (count, after) = (0, Guid.Empty);
        await using var connection = await database.OpenAsync(cancel);
        while (true)
        {
            var rows = (await connection.QueryAsync<ProviderRow>(new CommandDefinition(Page, new { after }, cancellationToken: cancel))).AsList();
            if (rows.Count == 0) return count;
            foreach (var row in rows)
            {
                var old = row.KeySealed!;
                if (!box.NeedsRewrap(old)) continue;
                var sealedAgain = box.Rewrap(old, ProviderRow.KeyScope(row.TenantId, row.Id, row.KeyVersion!.Value));
                // Somebody who stores a new key at this moment wins: it is sealed by the current master key already.
                count += await connection.ExecuteAsync(new CommandDefinition(
                    "update gateway.providers set key_sealed = @sealedAgain where id = @Id and tenant_id = @TenantId and key_sealed = @old",
                    new { sealedAgain, row.Id, row.TenantId, old }, cancellationToken: cancel));
            }

            after = rows[^1].Id;
        }
    }
}
