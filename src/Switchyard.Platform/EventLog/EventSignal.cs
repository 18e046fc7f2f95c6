using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Switchyard.Platform.EventLog;

/// <summary>
/// Wakes this node's readers directly and the other nodes' by <c>NOTIFY</c>. Notifications are sent after the
/// commit, outside any transaction (inside one, every commit would queue behind PostgreSQL's notification lock),
/// and as many commits as happened meanwhile share one. A lost one costs at most the readers' polling interval.
/// </summary>
public sealed class EventSignal(NpgsqlDataSource source, TimeProvider time, ILogger<EventSignal> log) : BackgroundService, IEventSignal
{
    /// <summary>PostgreSQL channel that carries the signal; it has no payload.</summary>
    public const string Channel = "switchyard_events";

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);
    private readonly Wake _notify = new(time);
    private int _pending;

    /// <summary>Wakes this node's reader of the log.</summary>
    public Wake Arrived { get; } = new(time);

    /// <inheritdoc/>
    public void Appended()
    {
        Arrived.Set();
        Volatile.Write(ref _pending, 1);
        _notify.Set();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _notify.WaitAsync(Idle, stoppingToken);
            if (Interlocked.Exchange(ref _pending, 0) == 0) continue;
            try
            {
                await using var notify = source.CreateCommand($"notify {Channel}");
                await notify.ExecuteNonQueryAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                log.LogDebug(e, "Could not notify other nodes; they find the events by polling");
            }
        }
    }
}
