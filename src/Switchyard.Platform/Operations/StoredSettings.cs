using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Operations;

/// <summary>Brings the values that were set in the console into the configuration of this node, within seconds of a change.</summary>
public sealed class StoredSettings(Database database, IServiceProvider services, NodeState state, TimeProvider time, ILogger<StoredSettings> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Reads them once.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        if (services.GetService<StoredSource>() is not { } source) return;
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<(string Key, string Value)>(
            new CommandDefinition("select key, value from platform.settings", cancellationToken: cancel));
        source.Replace(rows.ToDictionary(r => r.Key, r => r.Value, StringComparer.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (state.Migrated) await LoadAsync(stoppingToken);
                }
                catch (NpgsqlException fault)
                {
                    log.LogDebug(fault, "Stored settings could not be read; the last ones stay");
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
