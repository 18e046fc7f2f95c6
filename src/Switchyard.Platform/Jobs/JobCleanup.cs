using Dapper;
using Microsoft.Extensions.Options;
using Switchyard.Platform.Jobs.Scheduling;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Jobs;

/// <summary>Removes jobs that ended long ago, with their files.</summary>
internal sealed class JobCleanup(Database database, IOptions<JobOptions> options) : IRecurringTask
{
    public string Name => "platform.job-cleanup";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from platform.jobs where ended_at < now() - @keep", new { keep = options.Value.Keep }, cancellationToken: cancel));
    }
}
