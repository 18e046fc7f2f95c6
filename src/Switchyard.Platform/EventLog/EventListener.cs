using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Switchyard.Platform.EventLog;

/// <summary>Keeps one connection on <c>LISTEN</c> and wakes this node's reader; reconnects for ever.</summary>
public sealed class EventListener(NpgsqlDataSource source, EventSignal signal, TimeProvider time, ILogger<EventListener> log) : BackgroundService
{
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Listening for events was interrupted ({Reason}); polling until it is back", e.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        connection.Notification += (_, _) => signal.Arrived.Set();
        await using (var listen = new NpgsqlCommand($"listen {EventSignal.Channel}", connection)) await listen.ExecuteNonQueryAsync(cancel);

        // Whatever was committed while nobody listened.
        signal.Arrived.Set();
        while (true)
        {
            if (await connection.WaitAsync(Probe, cancel)) continue;

            // A connection that died without a word looks like a quiet one: ask it.
            await using var probe = new NpgsqlCommand("select 1", connection);
            await probe.ExecuteNonQueryAsync(cancel);
        }
    }
}
