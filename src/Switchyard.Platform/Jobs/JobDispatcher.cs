using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Contracts.Events.Jobs;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Jobs.Scheduling;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Jobs;

/// <summary>
/// Finds jobs that wait, or whose node fell silent, and hands them to the scheduler: as many as this node has room
/// for. Rows that another node is just taking are skipped.
/// </summary>
public sealed class JobDispatcher(
    Database database, IEventFeed feed, JobRunner runner, NodeScheduler scheduler, IOptions<JobOptions> options, TimeProvider time, ILogger<JobDispatcher> log)
    : BackgroundService
{
    // Handed over but not begun: the scheduler lost it, or the node that fired it died before it claimed the job.
    private const string Take = """
        update platform.jobs set scheduled_at = now()
        where id in (
            select id from platform.jobs
            where not cancel_requested
              and ((status = 'queued' and (scheduled_at is null or scheduled_at < now() - interval '10 seconds'))
                or (status = 'running' and lease_until < now()
                    and (scheduled_at < lease_until or scheduled_at < now() - interval '10 seconds')))
            order by id limit @free for update skip locked)
        returning id
        """;

    private const string CancelOrphans = $"""
        update platform.jobs set status = 'cancelled', ended_at = now(), lease_until = null, node = null
        where cancel_requested and (status = 'queued' or (status = 'running' and lease_until < now()))
        returning {JobRow.Columns}
        """;

    private readonly Wake _wake = new(time);
    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        runner.Ended += _wake.Set;
        using var subscription = feed.Subscribe([JobChanged.Type], (e, _) =>
        {
            if (e.Payload.Contains("\"queued\"", StringComparison.Ordinal)) _wake.Set();
            return ValueTask.CompletedTask;
        });
        await scheduler.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
                _failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing) log.LogWarning("Jobs cannot be dispatched ({Reason}); trying until they can", e.Message);
                _failing = true;
            }

            await _wake.WaitAsync(options.Value.Sweep, stoppingToken);
        }
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        await EndOrphansAsync(cancel);
        var free = runner.Free;
        if (free == 0) return;

        IEnumerable<Guid> ids;
        await using (var connection = await database.OpenAsync(cancel))
        {
            ids = await connection.QueryAsync<Guid>(new CommandDefinition(Take, new { free }, cancellationToken: cancel));
        }

        foreach (var id in ids) await scheduler.RunSoonAsync(id, cancel);
    }

    private async Task EndOrphansAsync(CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(Caller.System(Tenants.Default), cancel);
        var ended = await change.Connection.QueryAsync<JobRow>(new CommandDefinition(
            CancelOrphans, transaction: change.Transaction, cancellationToken: cancel));
        foreach (var row in ended)
        {
            change.ActFor(row.Caller);
            change.Raise(row.Id.ToString(), row.Changed);
        }

        await change.CommitAsync(cancel);
    }
}
