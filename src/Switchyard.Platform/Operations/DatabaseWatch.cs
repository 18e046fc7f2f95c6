using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Operations;

/// <summary>What is known about the database.</summary>
/// <param name="Reachable">Whether the last look reached it.</param>
/// <param name="Since">Since when that is so.</param>
/// <param name="RoundTripMs">Of the last look; null while unreachable.</param>
/// <param name="Version">Server version; null before it was ever reached.</param>
public sealed record DatabaseStatus(bool Reachable, DateTimeOffset Since, double? RoundTripMs, string? Version);

/// <summary>
/// Looks at the database every second, so that health answers at once also when the database hangs, and empties
/// the pool of dead connections when it comes back. Migrates as soon as it can when the start could not.
/// </summary>
public sealed class DatabaseWatch(
    Database database, Migrator migrator, NodeState state, TimeProvider time, ILogger<DatabaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private volatile DatabaseStatus _status = new(false, time.GetUtcNow(), null, null);

    /// <summary>The last look.</summary>
    public DatabaseStatus Status => _status;

    /// <summary>Looks now.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var before = _status;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Patience);
            var started = time.GetTimestamp();
            await using var connection = await database.Source.OpenConnectionAsync(limit.Token);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(limit.Token);
            var ms = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 2);
            _status = new DatabaseStatus(true, before.Reachable ? before.Since : time.GetUtcNow(), ms, connection.PostgreSqlVersion.ToString());
            if (!before.Reachable) log.LogInformation("The database is reachable ({Version})", _status.Version);
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException or TimeoutException && !cancel.IsCancellationRequested)
        {
            _status = new DatabaseStatus(false, before.Reachable ? time.GetUtcNow() : before.Since, null, before.Version);
            // Whatever still lies in the pool is dead or will be: the next look must try afresh.
            database.Source.Clear();
            if (before.Reachable) log.LogError("The database cannot be reached: {Reason}", fault.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
                if (_status.Reachable && !state.Migrated) await MigrateLateAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task MigrateLateAsync(CancellationToken cancel)
    {
        try
        {
            await migrator.MigrateAsync(cancel);
            state.HasMigrated();
        }
        catch (Exception fault) when (fault is MigrationException or NpgsqlException)
        {
            log.LogError(fault, "The database could not be migrated; trying again");
        }
    }
}
