using Npgsql;
using Switchyard.Platform.Jobs;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Tests.Jobs;

/// <summary>Writes one row an item, a checkpoint with each batch; each start runs what the test put on the way.</summary>
public sealed class CountingJob(Database database) : IJobHandler
{
    public sealed record Arguments(int Items, int Batch);

    public sealed record Position(int Next);

    /// <summary>Called before every batch with the node's job and the next item.</summary>
    public Func<JobContext, int, CancellationToken, Task> Before { get; set; } = (_, _, _) => Task.CompletedTask;

    public string Type => "test.count";

    public static Task CreateTableAsync(NpgsqlDataSource source)
    {
        var command = source.CreateCommand("create table if not exists public.counted (job uuid not null, item integer not null, primary key (job, item))");
        return command.ExecuteNonQueryAsync();
    }

    public async Task<object?> RunAsync(JobContext job, CancellationToken cancel)
    {
        var (items, batch) = job.Arguments<Arguments>();
        job.Report(0, items);
        for (var next = job.Checkpoint<Position>()?.Next ?? 0; next < items;)
        {
            await Before(job, next, cancel);
            cancel.ThrowIfCancellationRequested();
            var end = Math.Min(items, next + batch);
            await using var change = await database.BeginAsync(job.Caller, cancel);
            await using (var insert = new NpgsqlCommand(
                "insert into public.counted select $1, generate_series($2, $3)", change.Connection, change.Transaction))
            {
                foreach (var value in new object[] { job.Id, next, end - 1 }) insert.Parameters.Add(new NpgsqlParameter { Value = value });
                await insert.ExecuteNonQueryAsync(cancel);
            }

            job.Report(end);
            await job.CheckpointAsync(change, new Position(end), cancel);
            await change.CommitAsync(cancel);
            next = end;
        }

        return new { counted = items };
    }
}
