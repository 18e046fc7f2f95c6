using Dapper;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Operations;

/// <summary>One process that works on this database.</summary>
public sealed record NodeRow(Guid Id, string Name, string Version, string Role, string Address, DateTime StartedAt, DateTime SeenAt);

/// <summary>
/// Keeps this node's row in <c>platform.nodes</c> fresh and lists the living ones, by the database's clock: those of the
/// nodes may disagree.
/// </summary>
public sealed class NodeRegistry(Database database, NodeIdentity self, IServiceProvider services, TimeProvider time, ILogger<NodeRegistry> log)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(1);

    /// <summary>Nodes seen within the last minute, oldest first.</summary>
    public async Task<IReadOnlyList<NodeRow>> ListAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<NodeRow>(new CommandDefinition(
            "select id, name, version, role, address, started_at, seen_at from platform.nodes where seen_at > now() - @DeadAfter order by started_at",
            new { DeadAfter },
            cancellationToken: cancel))];
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync("delete from platform.nodes where id = @Id", cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            do
            {
                await TryAsync(
                    """
                    insert into platform.nodes (id, name, version, role, address, started_at, seen_at)
                    values (@Id, @Name, @version, @role, @address, @StartedAt, now())
                    on conflict (id) do update set seen_at = excluded.seen_at, address = excluded.address;
                    delete from platform.nodes where seen_at < now() - interval '1 day'
                    """,
                    stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryAsync(string sql, CancellationToken cancel)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancel);
            await connection.ExecuteAsync(new CommandDefinition(
                sql,
                new
                {
                    self.Id, self.Name, version = NodeIdentity.Version, role = string.Join(',', self.Roles), address = Address(), self.StartedAt,
                },
                cancellationToken: cancel));
        }
        catch (NpgsqlException fault)
        {
            log.LogDebug(fault, "The node's row could not be written");
        }
    }

    private string Address() =>
        services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
}
