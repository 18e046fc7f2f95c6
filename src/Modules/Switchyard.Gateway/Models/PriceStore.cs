using Dapper;
using Npgsql;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Models;

/// <summary>The SQL of prices.</summary>
public sealed class PriceStore(Database database, TimeProvider time)
{
    /// <summary>Columns of a <see cref="PriceRow"/>.</summary>
    public const string Columns =
        "tenant_id as TenantId, id, provider, model, currency, input, output, cached_read as CachedRead, cache_write as CacheWrite, source, valid_from as ValidFrom";

    // One row per provider and model: the tenant's own before everyone's, the latest that holds.
    private const string PageSql = $"""
        select * from (
            select distinct on (provider, model) {Columns}
            from gateway.prices
            where tenant_id in (@tenant, @Everyone) and valid_from <= @now and (@provider::text is null or provider = @provider)
            order by provider, model, tenant_id desc, valid_from desc
        ) current
        where (provider, model) > (@afterProvider, @afterModel)
        order by provider, model limit @limit
        """;

    private const string InsertSql = """
        insert into gateway.prices (tenant_id, id, provider, model, currency, input, output, cached_read, cache_write, source, valid_from, created_at)
        select @tenant, r.id, r.provider, r.model, r.currency, r.input, r.output, r.cached_read, r.cache_write, r.source, r.valid_from, @now
        from unnest(@ids, @providers, @models, @currencies, @inputs, @outputs, @cachedReads, @cacheWrites, @sources, @validFroms)
            as r(id, provider, model, currency, input, output, cached_read, cache_write, source, valid_from)
        """;

    /// <summary>A page of the prices that hold now.</summary>
    public async Task<IReadOnlyList<PriceRow>> PageAsync(Guid tenant, string? provider, (string Provider, string Model) after, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<PriceRow>(new CommandDefinition(
            PageSql,
            new { tenant, PriceRow.Everyone, now = time.GetUtcNow(), provider, afterProvider = after.Provider, afterModel = after.Model, limit },
            cancellationToken: cancel))];
    }

    /// <summary>Adds versions for a tenant; false when one of them exists for the same moment.</summary>
    public async Task<bool> AddAsync(Change change, IReadOnlyList<PriceRow> rows, CancellationToken cancel)
    {
        try
        {
            await InsertAsync(change.Connection, change.Transaction, change.Caller.TenantId, rows, "", cancel);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Puts the list that ships with the product beside what is there; answers how many rows were new.</summary>
    public async Task<int> SeedAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await InsertAsync(connection, null, PriceRow.Everyone, PriceList.Rows, "on conflict do nothing", cancel);
    }

    private Task<int> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, Guid tenant, IReadOnlyList<PriceRow> rows, string conflict, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(
            $"{InsertSql} {conflict}",
            new
            {
                tenant,
                now = time.GetUtcNow(),
                ids = rows.Select(r => r.Id).ToArray(),
                providers = rows.Select(r => r.Provider).ToArray(),
                models = rows.Select(r => r.Model).ToArray(),
                currencies = rows.Select(r => r.Currency).ToArray(),
                inputs = rows.Select(r => r.Input).ToArray(),
                outputs = rows.Select(r => r.Output).ToArray(),
                cachedReads = rows.Select(r => r.CachedRead).ToArray(),
                cacheWrites = rows.Select(r => r.CacheWrite).ToArray(),
                sources = rows.Select(r => r.Source).ToArray(),
                validFroms = rows.Select(r => r.ValidFrom).ToArray(),
            },
            transaction, cancellationToken: cancel));
}
