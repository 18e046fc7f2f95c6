using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Jobs.Scheduling;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.EventLog;

/// <summary>
/// Creates the log's partitions ahead of time and drops months that are past their retention
/// (<c>events:keepDays</c>, 400 days by default) and that every consumer has read.
/// </summary>
internal sealed class EventRetention(Database database, IConfiguration configuration, TimeProvider time, ILogger<EventRetention> log) : IRecurringTask
{
    private const int Attempts = 20;

    public string Name => "platform.event-retention";

    public TimeSpan Interval => TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken cancel)
    {
        var keepDays = Math.Max(1, configuration.GetValue("events:keepDays", 400));
        await using var connection = await database.OpenAsync(cancel);
        await PatientlyAsync(connection, """
            select platform.ensure_events_partition(now());
            select platform.ensure_events_partition(now() + interval '1 month');
            select platform.ensure_events_partition(now() + interval '2 months');
            """, null, cancel);
        var dropped = await PatientlyAsync(
            connection, "select * from platform.drop_events_partitions(now() - make_interval(days => @keepDays))", new { keepDays }, cancel);
        foreach (var partition in dropped) log.LogInformation("Dropped events past their retention: {Partition}", partition);
    }

    /// <summary>
    /// Partitions change under the lock of the whole log, and a writer that has read the log before holds it up while it
    /// waits for us: whoever waits longer than a moment gives way and comes again, so that no writer is ever the one who fails.
    /// </summary>
    private async Task<IReadOnlyList<string>> PatientlyAsync(NpgsqlConnection connection, string sql, object? args, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            try
            {
                await connection.ExecuteAsync(new CommandDefinition("set local lock_timeout = '200ms'", transaction: transaction, cancellationToken: cancel));
                var names = await connection.QueryAsync<string>(new CommandDefinition(sql, args, transaction, cancellationToken: cancel));
                await transaction.CommitAsync(cancel);
                return names.AsList();
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable && attempt < Attempts)
            {
                log.LogDebug("The event log is busy; its partitions are looked after in a moment");
            }

            await transaction.DisposeAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), time, cancel);
        }
    }
}
