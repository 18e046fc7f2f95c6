using Dapper;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Configuration.Detection;

/// <summary>Remembers what was found, so that each thing becomes a provider once.</summary>
public sealed class DetectionStore(Database database, TimeProvider time)
{
    /// <summary>Notes a source within a change; false when it was noted before, here or by another node.</summary>
    public async Task<bool> NoteAsync(Change change, string source, Guid providerId, CancellationToken cancel) =>
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "insert into gateway.detected_providers (tenant_id, source, provider_id, detected_at) values (@tenant, @source, @providerId, @now) on conflict do nothing",
            new { tenant = change.Caller.TenantId, source, providerId, now = time.GetUtcNow() }, change.Transaction, cancellationToken: cancel)) == 1;

    /// <summary>Sources noted before.</summary>
    public async Task<IReadOnlyList<DetectionRow>> ListAsync(Guid tenant, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<DetectionRow>(new CommandDefinition(
            """
            select d.source, d.provider_id as ProviderId, d.detected_at as DetectedAt, p.name, p.kind, p.active
            from gateway.detected_providers d
            left join gateway.providers p on p.tenant_id = d.tenant_id and p.id = d.provider_id
            where d.tenant_id = @tenant order by d.detected_at, d.source
            """,
            new { tenant }, cancellationToken: cancel))];
    }
}

/// <summary>Something that was found.</summary>
/// <param name="Source">A variable's name, or <c>ollama</c>.</param>
/// <param name="Name">The provider's name; null when it was deleted since.</param>
public sealed record DetectionRow(string Source, Guid? ProviderId, DateTime DetectedAt, string? Name, string? Kind, bool? Active);
