using Dapper;
using Switchyard.Contracts.Events.Gateway;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Health;

/// <summary>The SQL of provider health, and the race of the nodes for each probe.</summary>
public sealed class HealthStore(Database database, TimeProvider time)
{
    private const string Columns = """
        provider_id as ProviderId, status, latency_ms as LatencyMs, consecutive_failures as ConsecutiveFailures,
        consecutive_successes as ConsecutiveSuccesses, last_error as LastError, checked_at as CheckedAt, changed_at as ChangedAt
        """;

    // A time further off than any claim of now can be is from before the clock was set back. A node whose clock, or whose
    // turn, is a little behind must not take it for that: it would probe a second time.
    private const string ClaimSql = """
        insert into gateway.provider_health as h (tenant_id, provider_id, status, next_probe_at)
        select p.tenant_id, p.id, 'unknown', @next from gateway.providers p where p.tenant_id = @TenantId and p.id = @Id
        on conflict (tenant_id, provider_id) do update set next_probe_at = @next
            where h.next_probe_at <= @now or h.next_probe_at > @far
        returning 1
        """;

    private const string SaveSql = """
        update gateway.provider_health set
            status = @status, latency_ms = @LatencyMs, consecutive_failures = @Failures, consecutive_successes = @Successes,
            last_error = coalesce(@Error, case when @status = 'healthy' then null else last_error end),
            checked_at = @now, changed_at = case when status = @status then changed_at else @now end
        where tenant_id = @tenant and provider_id = @id
        """;

    /// <summary>Takes this interval's probe of a provider for this node: null when it may probe, else when to ask again.</summary>
    public async Task<DateTimeOffset?> ClaimAsync(Provider provider, TimeSpan interval, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var next = now + interval;
        await using var connection = await database.OpenAsync(cancel);
        var claimed = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            ClaimSql, new { provider.TenantId, provider.Id, now, next, far = next + interval }, cancellationToken: cancel));
        if (claimed is not null) return null;
        var taken = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            "select next_probe_at from gateway.provider_health where tenant_id = @TenantId and provider_id = @Id",
            new { provider.TenantId, provider.Id }, cancellationToken: cancel));
        return taken ?? next;
    }

    /// <summary>Applies a probe to the stored state; a change of status becomes an event in the same transaction.</summary>
    public async Task<HealthRow?> SaveAsync(Provider provider, ProbeResult result, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(Caller.System(provider.TenantId), cancel);
        var key = new { tenant = provider.TenantId, id = provider.Id };
        var before = await change.Connection.QuerySingleOrDefaultAsync<HealthRow>(new CommandDefinition(
            $"select {Columns} from gateway.provider_health where tenant_id = @tenant and provider_id = @id for update", key, change.Transaction, cancellationToken: cancel));
        // Deleted while it was probed.
        if (before is null) return null;
        var after = before.State.After(result.Ok);
        var status = Name(after.Status);
        await change.Connection.ExecuteAsync(new CommandDefinition(
            SaveSql,
            new { key.tenant, key.id, status, result.LatencyMs, after.Failures, after.Successes, result.Error, now = time.GetUtcNow() },
            change.Transaction, cancellationToken: cancel));
        if (status != before.Status) change.Raise(provider.Id.ToString(), new ProviderHealthChanged(provider.Id, provider.Name, before.Status, status, result.Error));
        await change.CommitAsync(cancel);
        return before with { Status = status, LatencyMs = result.LatencyMs, ConsecutiveFailures = after.Failures, ConsecutiveSuccesses = after.Successes, LastError = result.Error };
    }

    /// <summary>A tenant's rows by provider.</summary>
    public async Task<IReadOnlyDictionary<Guid, HealthRow>> ListAsync(Guid tenant, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<HealthRow>(new CommandDefinition(
            $"select {Columns} from gateway.provider_health where tenant_id = @tenant", new { tenant }, cancellationToken: cancel))).ToDictionary(row => row.ProviderId);
    }

    /// <summary>The status as it is stored and shown.</summary>
    public static string Name(ProviderStatus status) => status switch
    {
        ProviderStatus.Healthy => "healthy",
        ProviderStatus.Degraded => "degraded",
        ProviderStatus.Down => "down",
        _ => "unknown",
    };
}
