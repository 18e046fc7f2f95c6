using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Access;
using Switchyard.Platform.Jobs;
using Switchyard.Platform.Tests.EventLog;

namespace Switchyard.Platform.Tests.Jobs;

/// <summary>A job whose nodes are killed in its midst, with real processes and real signals.</summary>
public sealed class JobProcessTests(EventDatabase database) : IClassFixture<EventDatabase>, IDisposable
{
    private const int Items = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly List<Process> _workers = [];

    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            if (!worker.HasExited) worker.Kill();
            worker.Dispose();
        }
    }

    [Fact]
    public async Task Killed_on_one_node_it_goes_on_at_another_then_at_the_next_start_and_ends_once()
    {
        await CountingJob.CreateTableAsync(database.Source);
        Start();
        Start();
        await using var asker = await database.StartNodeAsync(builder =>
        {
            builder.Configuration["jobs:concurrency"] = "0";
            builder.AddJobs();
            builder.Services.AddJobHandler<CountingJob>();
        });
        var id = await asker.Services.GetRequiredService<IJobs>().StartAsync(
            "test.count", "Counting", new CountingJob.Arguments(Items, 2), Caller.System(Tenants.Default), CancellationToken.None);

        await KillItsNodeAsync(id, Items / 8);
        // The other node takes it over, and is killed too: now there is none.
        await KillItsNodeAsync(id, Items / 4);
        _workers.ShouldAllBe(worker => worker.HasExited);
        Start();

        await Eventually.IsTrue(async () => await AskAsync<string>("select status from platform.jobs where id = @id", id) == "succeeded", "the job has ended", Patience);
        (await AskAsync<int>("select count(*)::int from public.counted where job = @id", id)).ShouldBe(Items);
        (await AskAsync<int>("select done::int from platform.jobs where id = @id", id)).ShouldBe(Items);
        (await AskAsync<int>("select count(*)::int from platform.events where type = 'jobs.changed' and subject = @id::text and payload ->> 'status' = 'succeeded'", id)).ShouldBe(1);
    }

    /// <summary>Waits until the job has done so much, then ends the process that is at it.</summary>
    private async Task KillItsNodeAsync(Guid id, int done)
    {
        await Eventually.IsTrue(async () => await AskAsync<int>("select count(*)::int from public.counted where job = @id", id) >= done, $"{done} items are done", Patience);
        var node = (await AskAsync<string>("select node from platform.jobs where id = @id", id))!;
        var worker = _workers.Single(w => node.EndsWith($":{w.Id}", StringComparison.Ordinal));
        worker.Kill();
        await worker.WaitForExitAsync();
    }

    private void Start()
    {
        var kind = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var program = Repository.Path("tests", "Switchyard.JobWorker", "bin", kind, "net10.0", "switchyard-job-worker.dll");
        _workers.Add(Process.Start("dotnet", ["exec", program, database.ConnectionString]));
    }

    private async Task<T?> AskAsync<T>(string sql, Guid id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql, new { id });
    }
}
