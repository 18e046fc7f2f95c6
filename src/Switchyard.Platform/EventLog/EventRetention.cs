using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Switchyard.Platform.Jobs.Scheduling;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.EventLog;

/// <summary>
/// Creates the log's partitions ahead of time and drops months that are past their retention
/// (<c>events:keepDays</c>, 400 days by default) and that every consumer has read.
/// </summary>
internal sealed class EventRetention(Database database, IConfiguration configuration, ILogger<EventRetention> log) : IRecurringTask
{
    public string Name => "platform.event-retention";

    public TimeSpan Interval => TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken cancel)
    {
        var keepDays = Math.Max(1, configuration.GetValue("events:keepDays", 400));
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            select platform.ensure_events_partition(now());
            select platform.ensure_events_partition(now() + interval '1 month');
            select platform.ensure_events_partition(now() + interval '2 months');
            """,
            cancellationToken: cancel));
        var dropped = await connection.QueryAsync<string>(new CommandDefinition(
            "select * from platform.drop_events_partitions(now() - make_interval(days => @keepDays))", new { keepDays }, cancellationToken: cancel));
        foreach (var partition in dropped) log.LogInformation("Dropped events past their retention: {Partition}", partition);
    }
}
