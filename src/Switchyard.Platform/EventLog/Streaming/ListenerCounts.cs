using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>
/// How many listen, over all nodes: each node keeps its own counts by tenant in a table and refreshes them, so that
/// those of a node that died go stale and no longer count.
/// </summary>
public sealed class ListenerCounts(EventStreamHub hub, NpgsqlDataSource source, TimeProvider time, ILogger<ListenerCounts> log) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private const string Write = """
        with mine as (select * from unnest(@tenants, @counts) as m(tenant_id, listeners)),
        gone as (
            delete from platform.event_listeners l
            where (l.node_id = @node and l.tenant_id not in (select tenant_id from mine))
               or l.seen_at < now() - interval '10 minutes')
        insert into platform.event_listeners (node_id, tenant_id, listeners)
        select @node, tenant_id, listeners from mine
        on conflict (node_id, tenant_id) do update set listeners = excluded.listeners, seen_at = now()
        """;

    private readonly Guid _node = Guid.CreateVersion7(time.GetUtcNow());
    private readonly Wake _changed = new(time);

    /// <summary>Live listeners of <paramref name="tenant"/> on all nodes.</summary>
    public async Task<int> CountAsync(Guid tenant, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var others = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            select coalesce(sum(listeners), 0)::int from platform.event_listeners
            where tenant_id = @tenant and node_id <> @node and seen_at > now() - interval '15 seconds'
            """,
            new { tenant, node = _node },
            cancellationToken: cancel));
        return others + hub.Counts().GetValueOrDefault(tenant);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await WriteAsync(new Dictionary<Guid, int>(), cancellationToken);
        }
        catch (Exception e)
        {
            log.LogDebug(e, "The listeners of this node stay counted for some seconds");
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hub.Changed += _changed.Set;
        var wrote = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var counts = hub.Counts();
                if (counts.Count > 0 || wrote) await WriteAsync(counts, stoppingToken);
                wrote = counts.Count > 0;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(e, "The number of listeners could not be stored");
            }

            await _changed.WaitAsync(Refresh, stoppingToken);
            await Task.Delay(Gather, time, stoppingToken);
        }
    }

    private async Task WriteAsync(IReadOnlyDictionary<Guid, int> counts, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            Write,
            new { node = _node, tenants = counts.Keys.ToArray(), counts = counts.Values.ToArray() },
            cancellationToken: cancel));
    }
}
