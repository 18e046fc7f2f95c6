using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Contracts.Events.Jobs;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Http;
using Switchyard.Platform.Jobs;
using Switchyard.Platform.Jobs.Scheduling;
using Switchyard.Platform.Tests.EventLog;

namespace Switchyard.Platform.Tests.Jobs;

[Trait("Database", "Both")]
public sealed class JobTests(EventDatabase database) : IClassFixture<EventDatabase>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await CountingJob.CreateTableAsync(database.Source);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_job_runs_to_its_end_and_tells_how_far_it_is()
    {
        await using var node = await StartNodeAsync();
        var id = await StartJobAsync(node, 500, 7);

        var row = await EndedAsync(id);

        row.Status.ShouldBe("succeeded");
        (row.Done, row.Total).ShouldBe((500, 500L));
        JsonDocument.Parse(row.Result!).RootElement.GetProperty("counted").GetInt32().ShouldBe(500);
        (await CountedAsync(id)).ShouldBe(500);
        var changes = await ChangesAsync(id);
        changes[0].Status.ShouldBe("queued");
        changes[1].Status.ShouldBe("running");
        changes[^1].Status.ShouldBe("succeeded");
    }

    [Fact]
    public async Task P30_progress_is_monotone_ends_at_the_total_survives_restarts_and_equals_the_work_done()
    {
        // No scheduler: this test is the one that starts, kills and restarts.
        await using var node = await StartNodeAsync(concurrency: 0);
        var runner = node.Services.GetRequiredService<JobRunner>();
        var job = node.Services.GetServices<IJobHandler>().OfType<CountingJob>().Single();

        Invariant.Holds(
            Gen.Choose(0, 60).Zip(Gen.Choose(1, 20)).Zip(Gen.Choose(0, 60).ListOf(3)),
            async plan =>
            {
                var ((items, batch), kills) = plan;
                var left = new Queue<int>(kills.Order());
                var restarted = false;
                job.Before = async (context, next, cancel) =>
                {
                    // Slow enough after some restarts that what it says first is announced too.
                    if (restarted) await Task.Delay(80, cancel);
                    restarted = false;
                    if (!left.TryPeek(out var at) || next < at) return;
                    left.Dequeue();
                    // Reports work that no checkpoint holds, lets it be announced, and dies without another word.
                    context.Report(Math.Min(items, next + (batch / 2)));
                    restarted = at % 3 == 1;
                    await Task.Delay(at % 3 * 80, cancel);
                    throw new JobLostException();
                };
                var id = await StartJobAsync(node, items, batch);
                for (var start = 0; start <= kills.Count; start++)
                {
                    await runner.RunAsync(id);
                    await ExpireLeaseAsync(id);
                }

                var row = await EndedAsync(id);
                row.Status.ShouldBe("succeeded");
                (row.Done, row.Total).ShouldBe((items, (long?)items));
                (await CountedAsync(id)).ShouldBe(items);
                var seen = (await ChangesAsync(id)).Select(c => c.Done).ToList();
                seen.ShouldBe(seen.Order());
                seen[^1].ShouldBe(items);
            },
            cases: 100);
    }

    [Fact]
    public async Task A_job_whose_node_froze_is_finished_by_another_and_the_frozen_one_changes_nothing_when_it_wakes()
    {
        // The first node's time stands still: it renews nothing, as if it had been stopped by a signal.
        var frozen = new TaskCompletionSource();
        var lost = new TaskCompletionSource<Exception>();
        await using var first = await StartNodeAsync(clock: new VirtualClock());
        Handler(first).Before = async (context, next, cancel) =>
        {
            if (next < 50) return;
            await frozen.Task;
            try
            {
                await context.CheckpointAsync(new CountingJob.Position(999), CancellationToken.None);
                lost.SetResult(new InvalidOperationException("The checkpoint was taken."));
            }
            catch (Exception e)
            {
                lost.SetResult(e);
                throw;
            }
        };
        var id = await StartJobAsync(first, 200, 10);
        await Eventually.IsTrue(async () => await CountedAsync(id) == 50, "the first node has done fifty");

        await using var second = await StartNodeAsync();
        var row = await EndedAsync(id);
        row.Status.ShouldBe("succeeded");
        frozen.SetResult();
        (await lost.Task.WaitAsync(Eventually.Patience)).ShouldBeOfType<JobLostException>();

        (await CountedAsync(id)).ShouldBe(200);
        var after = await RowAsync(id);
        (after.Status, after.Done, after.Total).ShouldBe(("succeeded", 200, 200L));
    }

    [Fact]
    public async Task A_stopping_node_gives_its_job_back_at_once_and_another_goes_on_from_the_checkpoint()
    {
        var first = await StartNodeAsync();
        Handler(first).Before = (_, next, cancel) => next < 30 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancel);
        var id = await StartJobAsync(first, 100, 10);
        await Eventually.IsTrue(async () => await CountedAsync(id) == 30, "thirty are done");
        await first.DisposeAsync();
        (await RowAsync(id)).Status.ShouldBe("queued");

        var starts = new ConcurrentQueue<int>();
        await using var second = await StartNodeAsync();
        Handler(second).Before = (_, next, _) =>
        {
            starts.Enqueue(next);
            return Task.CompletedTask;
        };

        (await EndedAsync(id)).Status.ShouldBe("succeeded");
        starts.First().ShouldBe(30);
        (await CountedAsync(id)).ShouldBe(100);
    }

    [Fact]
    public async Task A_job_survives_the_loss_of_every_connection()
    {
        await using var node = await StartNodeAsync();
        var cut = 0;
        Handler(node).Before = async (_, next, _) =>
        {
            if (next == 50 && Interlocked.Exchange(ref cut, 1) == 0) await CutConnectionsAsync();
        };
        var id = await StartJobAsync(node, 100, 10);

        (await EndedAsync(id)).Status.ShouldBe("succeeded");
        (await CountedAsync(id)).ShouldBe(100);
    }

    [Fact]
    public async Task A_running_job_stops_soon_after_somebody_on_another_node_cancels_it()
    {
        await using var node = await StartNodeAsync();
        await using var other = await StartNodeAsync(concurrency: 0);
        Handler(node).Before = (_, next, cancel) => next < 20 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancel);
        var id = await StartJobAsync(node, 100, 10);
        await Eventually.IsTrue(async () => await CountedAsync(id) == 20, "it runs");

        (await other.Services.GetRequiredService<JobStore>().CancelAsync(Caller.System(Tenants.Default), id, CancellationToken.None)).ShouldNotBeNull();

        var row = await EndedAsync(id);
        row.Status.ShouldBe("cancelled");
        row.Done.ShouldBe(20);
    }

    [Fact]
    public async Task A_waiting_job_is_cancelled_without_ever_running()
    {
        await using var node = await StartNodeAsync(concurrency: 0);
        var id = await StartJobAsync(node, 10, 1);
        await node.Services.GetRequiredService<JobStore>().CancelAsync(Caller.System(Tenants.Default), id, CancellationToken.None);
        await node.Services.GetRequiredService<JobRunner>().RunAsync(id);

        (await RowAsync(id)).Status.ShouldBe("cancelled");
        (await CountedAsync(id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_takes_its_node_down_each_time_is_given_up()
    {
        await using var node = await StartNodeAsync(concurrency: 0);
        Handler(node).Before = (_, _, _) => throw new JobLostException();
        var id = await StartJobAsync(node, 10, 1);
        for (var i = 0; i < 6; i++)
        {
            await node.Services.GetRequiredService<JobRunner>().RunAsync(id);
            await ExpireLeaseAsync(id);
        }

        var row = await RowAsync(id);
        (row.Status, row.ErrorCode).ShouldBe(("failed", "job_interrupted"));
    }

    [Fact]
    public async Task A_failure_keeps_its_code_and_an_unexpected_one_tells_nothing_of_its_inside()
    {
        await using var node = await StartNodeAsync();
        Handler(node).Before = (_, _, _) => throw new JobFailedException(new Problem("state_too_large", 413).With("field", "a").With("size", 5).With("max", 4));
        var expected = await EndedAsync(await StartJobAsync(node, 1, 1));
        Handler(node).Before = (_, _, _) => throw new InvalidOperationException("password=secret");
        var unexpected = await EndedAsync(await StartJobAsync(node, 1, 1));

        (expected.Status, expected.ErrorCode).ShouldBe(("failed", "state_too_large"));
        (unexpected.Status, unexpected.ErrorCode).ShouldBe(("failed", "job_failed"));
        unexpected.ErrorArgs!.ShouldNotContain("secret");
    }

    [Fact]
    public async Task More_jobs_than_places_all_run_on_two_nodes_each_exactly_once()
    {
        await using var a = await StartNodeAsync(concurrency: 2);
        await using var b = await StartNodeAsync(concurrency: 2);
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++) ids.Add(await StartJobAsync(i % 2 == 0 ? a : b, 20, 5));

        foreach (var id in ids)
        {
            (await EndedAsync(id)).Status.ShouldBe("succeeded");
            (await CountedAsync(id)).ShouldBe(20);
        }
    }

    [Fact]
    public async Task A_recurring_task_runs_once_per_interval_on_two_nodes_together()
    {
        var runs = new ConcurrentQueue<DateTimeOffset>();
        await using var a = await StartNodeAsync(more: b => Recurring(b, runs));
        await using var b = await StartNodeAsync(more: b => Recurring(b, runs));

        await Eventually.IsTrue(() => runs.Count >= 6, "six runs", TimeSpan.FromSeconds(30));

        // Two nodes that each ran it would be twice as fast.
        var taken = runs.Take(6).ToList();
        (taken[5] - taken[0]).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.5 * 5 * 0.8));
    }

    [Fact]
    public async Task Old_months_of_the_log_are_dropped_only_when_every_consumer_has_read_them()
    {
        await using var node = await StartNodeAsync(concurrency: 0);
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("select platform.ensure_events_partition(timestamptz '2020-02-10')");
        await connection.ExecuteAsync("insert into platform.events (tenant_id, type, subject, actor, at, payload) values (gen_random_uuid(), 'test.old', '', '', '2020-02-15', '{}')");
        await connection.ExecuteAsync("insert into platform.event_consumers (name, position) values ('slow', 0)");
        var retention = node.Services.GetServices<IRecurringTask>().Single(t => t.Name == "platform.event-retention");

        await retention.RunAsync(CancellationToken.None);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from platform.events where type = 'test.old'")).ShouldBe(1);

        await connection.ExecuteAsync("update platform.event_consumers set position = (select max(sequence) from platform.events)");
        await retention.RunAsync(CancellationToken.None);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from platform.events where type = 'test.old'")).ShouldBe(0);
        (await node.Log.FloorAsync(CancellationToken.None)).ShouldBeGreaterThan(0);
        await connection.ExecuteAsync("delete from platform.event_consumers where name = 'slow'");
    }

    private static void Recurring(HostApplicationBuilder builder, ConcurrentQueue<DateTimeOffset> runs)
    {
        builder.Services.AddSingleton(runs);
        builder.Services.AddRecurring<NotingTask>();
    }

    private static CountingJob Handler(TestNode node) => node.Services.GetServices<IJobHandler>().OfType<CountingJob>().Single();

    private static Task<Guid> StartJobAsync(TestNode node, int items, int batch) => node.Services.GetRequiredService<IJobs>().StartAsync(
        "test.count", "Counting", new CountingJob.Arguments(items, batch), Caller.System(Tenants.Default), CancellationToken.None);

    private Task<TestNode> StartNodeAsync(int concurrency = 4, TimeProvider? clock = null, Action<HostApplicationBuilder>? more = null) =>
        database.StartNodeAsync(builder =>
        {
            builder.Configuration["jobs:concurrency"] = $"{concurrency}";
            builder.Configuration["jobs:lease"] = "00:00:01.5";
            builder.Configuration["jobs:reportEvery"] = "00:00:00.050";
            if (clock is not null) builder.Services.AddSingleton(clock);
            builder.AddJobs();
            builder.Services.AddJobHandler<CountingJob>();
            more?.Invoke(builder);
        });

    private async Task<JobRow> RowAsync(Guid id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<JobRow>($"select {JobRow.Columns} from platform.jobs where id = @id", new { id });
    }

    private Task<JobRow> EndedAsync(Guid id) => Eventually.Some(
        async () => await RowAsync(id) is { EndedAt: not null } row ? row : null, "the job has ended", TimeSpan.FromSeconds(30));

    private async Task<int> CountedAsync(Guid id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*)::int from public.counted where job = @id", new { id });
    }

    private async Task ExpireLeaseAsync(Guid id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("update platform.jobs set lease_until = now() - interval '1 second' where id = @id and status = 'running'", new { id });
    }

    private async Task<List<JobChanged>> ChangesAsync(Guid id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var payloads = await connection.QueryAsync<string>(
            "select payload::text from platform.events where type = 'jobs.changed' and subject = @subject order by sequence", new { subject = id.ToString() });
        return [.. payloads.Select(p => JsonSerializer.Deserialize<JobChanged>(p, PendingEvent.Json)!)];
    }

    private async Task CutConnectionsAsync()
    {
        await using var admin = new Npgsql.NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await admin.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'switchyard'");
    }

    private sealed class NotingTask(ConcurrentQueue<DateTimeOffset> runs, TimeProvider time) : IRecurringTask
    {
        public string Name => "test.note";

        public TimeSpan Interval => TimeSpan.FromSeconds(0.5);

        public Task RunAsync(CancellationToken cancel)
        {
            runs.Enqueue(time.GetUtcNow());
            return Task.CompletedTask;
        }
    }
}
