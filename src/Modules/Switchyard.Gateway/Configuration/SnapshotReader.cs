using Dapper;
using Switchyard.Gateway.Models;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Configuration;

/// <summary>Reads the configuration of all tenants in one consistent look.</summary>
public sealed class SnapshotReader(Database database, TimeProvider time)
{
    private const string PricesNow = $"""
        select distinct on (tenant_id, provider, model) {PriceStore.Columns}
        from gateway.prices
        where valid_from <= @now
        order by tenant_id, provider, model, valid_from desc
        """;

    /// <summary>Providers, and the price versions that hold now.</summary>
    public async Task<SnapshotRows> ReadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var look = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var version = await EventReader.HeadAsync(connection, look, cancel);
        var providers = await connection.QueryAsync<ProviderRow>(new CommandDefinition(
            $"select {ProviderStore.Columns} from gateway.providers", transaction: look, cancellationToken: cancel));
        var prices = await connection.QueryAsync<PriceRow>(new CommandDefinition(
            PricesNow, new { now = time.GetUtcNow() }, look, cancellationToken: cancel));
        return new SnapshotRows(version, [.. providers], [.. prices]);
    }
}
