using System.Globalization;
using Dapper;
using Npgsql;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>Adds a batch's sums to the hourly rollups.</summary>
internal static class HourlyStore
{
    private const string Sql = """
        insert into gateway.usage_hourly as h (tenant_id, hour, provider, model, task_type, key_id, currency, key_name,
            requests, succeeded, failed, aborted, unknown, tokens_input, tokens_output, tokens_cached_read, tokens_cache_write, tokens_reasoning,
            cost, unpriced, rescued, cache_hits, ttft, latency)
        select t.tenant, t.hour, t.provider, t.model, t.task, t.key, t.currency, t.name,
            t.requests, t.succeeded, t.failed, t.aborted, t.unknown, t.input, t.output, t.cached, t.written, t.reasoning,
            t.cost, t.unpriced, t.rescued, 0, t.ttft::bigint[], t.latency::bigint[]
        from unnest(@tenants, @hours, @providers, @models, @tasks, @keys, @currencies, @names,
            @requests, @succeeded, @failed, @aborted, @unknown, @input, @output, @cached, @written, @reasoning,
            @costs, @unpriced, @rescued, @ttft, @latency) as t(tenant, hour, provider, model, task, key, currency, name,
            requests, succeeded, failed, aborted, unknown, input, output, cached, written, reasoning, cost, unpriced, rescued, ttft, latency)
        on conflict (tenant_id, hour, provider, model, task_type, key_id, currency) do update set
            key_name = excluded.key_name,
            requests = h.requests + excluded.requests,
            succeeded = h.succeeded + excluded.succeeded,
            failed = h.failed + excluded.failed,
            aborted = h.aborted + excluded.aborted,
            unknown = h.unknown + excluded.unknown,
            tokens_input = h.tokens_input + excluded.tokens_input,
            tokens_output = h.tokens_output + excluded.tokens_output,
            tokens_cached_read = h.tokens_cached_read + excluded.tokens_cached_read,
            tokens_cache_write = h.tokens_cache_write + excluded.tokens_cache_write,
            tokens_reasoning = h.tokens_reasoning + excluded.tokens_reasoning,
            cost = h.cost + excluded.cost,
            unpriced = h.unpriced + excluded.unpriced,
            rescued = h.rescued + excluded.rescued,
            cache_hits = h.cache_hits + excluded.cache_hits,
            ttft = gateway.add_counts(h.ttft, excluded.ttft),
            latency = gateway.add_counts(h.latency, excluded.latency)
        """;

    public static Task AddAsync(NpgsqlTransaction transaction, Dictionary<HourlyKey, HourlyRow> sums, CancellationToken cancel)
    {
        var rows = sums.OrderBy(s => s.Key).ToList();
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Sql,
            new
            {
                tenants = Keys(k => k.Tenant),
                hours = Keys(k => k.Hour),
                providers = Keys(k => k.Provider),
                models = Keys(k => k.Model),
                tasks = Keys(k => k.TaskType),
                keys = Keys(k => k.Key),
                currencies = Keys(k => k.Currency),
                names = Values(v => v.KeyName),
                requests = Values(v => v.Requests),
                succeeded = Values(v => v.Succeeded),
                failed = Values(v => v.Failed),
                aborted = Values(v => v.Aborted),
                unknown = Values(v => v.Unknown),
                input = Values(v => v.Input),
                output = Values(v => v.Output),
                cached = Values(v => v.CachedRead),
                written = Values(v => v.CacheWrite),
                reasoning = Values(v => v.Reasoning),
                costs = Values(v => v.Cost),
                unpriced = Values(v => v.Unpriced),
                rescued = Values(v => v.Rescued),
                ttft = Values(v => Literal(v.Ttft)),
                latency = Values(v => Literal(v.Latency)),
            },
            transaction,
            cancellationToken: cancel));

        T[] Keys<T>(Func<HourlyKey, T> of) => [.. rows.Select(r => of(r.Key))];
        T[] Values<T>(Func<HourlyRow, T> of) => [.. rows.Select(r => of(r.Value))];
    }

    // unnest would flatten an array of arrays: each travels as its own literal.
    private static string Literal(long[] counts) => $"{{{string.Join(',', counts.Select(c => c.ToString(CultureInfo.InvariantCulture)))}}}";
}
