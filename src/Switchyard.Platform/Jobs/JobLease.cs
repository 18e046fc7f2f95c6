using System.Text.Json;
using Dapper;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Jobs;

/// <summary>The right of one node to run one job, and everything that it may only write while it has it.</summary>
internal sealed class JobLease(Database database, JobRow row, JobOptions options)
{
    private const string Mine = "id = @id and epoch = @epoch and status = 'running'";

    /// <summary>The job as it was claimed.</summary>
    public JobRow Row => row;

    /// <summary>Takes a job that waits or whose node fell silent; null when there is nothing to take.</summary>
    public static async Task<JobLease?> ClaimAsync(Database database, Guid id, string[] types, string node, JobOptions options, CancellationToken cancel)
    {
        const string Sql = $"""
            update platform.jobs
            set status = 'running', epoch = epoch + 1, attempts = attempts + 1, node = @node,
                started_at = coalesce(started_at, now()), lease_until = now() + @lease
            where id = @id and type = any(@types) and not cancel_requested and (status = 'queued' or (status = 'running' and lease_until < now()))
            returning {JobRow.Columns}
            """;
        await using var change = await database.BeginAsync(Access.Caller.System(Access.Tenants.Default), cancel);
        var row = await change.Connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            Sql, new { id, types, node, lease = options.Lease }, change.Transaction, cancellationToken: cancel));
        if (row is null) return null;
        change.ActFor(row.Caller);
        change.Raise(row.Id.ToString(), row.Changed);
        await change.CommitAsync(cancel);
        return new JobLease(database, row, options);
    }

    /// <summary>Stores progress and stays the owner; says whether it still is, and whether to stop.</summary>
    public async Task<(bool Owned, bool CancelRequested)> RenewAsync(ProgressFigures figures, bool announce, CancellationToken cancel)
    {
        const string Sql = $"""
            update platform.jobs
            set done = greatest(done, @Done), total = @Total, errors = greatest(errors, @Errors), rate = @Rate, lease_until = now() + @lease
            where {Mine}
            returning {JobRow.Columns}
            """;
        await using var change = await database.BeginAsync(row.Caller, cancel);
        var after = await change.Connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            Sql,
            new { id = row.Id, epoch = row.Epoch, figures.Done, figures.Total, figures.Errors, figures.Rate, lease = options.Lease },
            change.Transaction,
            cancellationToken: cancel));
        if (after is null) return (false, false);
        if (announce) change.Raise(row.Id.ToString(), after.Changed);
        await change.CommitAsync(cancel);
        return (true, after.CancelRequested);
    }

    /// <summary>Stores a checkpoint as part of <paramref name="change"/>; throws when the job is no longer ours.</summary>
    public async Task CheckpointAsync(Change change, object checkpoint, ProgressFigures figures, CancellationToken cancel)
    {
        const string Sql = $"""
            update platform.jobs
            set checkpoint = @checkpoint::json, attempts = 0,
                done = greatest(done, @Done), total = @Total, errors = greatest(errors, @Errors), lease_until = now() + @lease
            where {Mine}
            """;
        var stored = await change.Connection.ExecuteAsync(new CommandDefinition(
            Sql,
            new
            {
                id = row.Id, epoch = row.Epoch, checkpoint = JsonSerializer.Serialize(checkpoint, PendingEvent.Json),
                figures.Done, figures.Total, figures.Errors, lease = options.Lease,
            },
            change.Transaction,
            cancellationToken: cancel));
        if (stored == 0) throw new JobLostException();
    }

    /// <summary>Ends the job; false when it is no longer ours.</summary>
    public async Task<bool> EndAsync(JobStatus status, ProgressFigures figures, object? result, Problem? problem, CancellationToken cancel)
    {
        const string Sql = $"""
            update platform.jobs
            set status = @status, result = @result::json, error_code = @code, error_args = @args::json,
                done = greatest(done, @Done), total = @Total, errors = greatest(errors, @Errors),
                rate = greatest(done, @Done) / nullif(extract(epoch from now() - started_at), 0), ended_at = now(), lease_until = null, node = null
            where {Mine}
            returning {JobRow.Columns}
            """;
        await using var change = await database.BeginAsync(row.Caller, cancel);
        var after = await change.Connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            Sql,
            new
            {
                id = row.Id, epoch = row.Epoch, status = JobStates.Name(status),
                result = result is null ? null : JsonSerializer.Serialize(result, PendingEvent.Json),
                code = problem?.Code, args = problem is null ? null : JsonSerializer.Serialize(problem.Args, PendingEvent.Json),
                figures.Done, figures.Total, figures.Errors,
            },
            change.Transaction,
            cancellationToken: cancel));
        if (after is null) return false;
        change.Raise(row.Id.ToString(), after.Changed);
        await change.CommitAsync(cancel);
        return true;
    }

    /// <summary>Gives the job back at once, so that another node goes on from the last checkpoint.</summary>
    public async Task ReleaseAsync(bool counts, CancellationToken cancel)
    {
        const string Sql = $"""
            update platform.jobs
            set status = 'queued', node = null, lease_until = null, scheduled_at = null, attempts = attempts - @refund
            where {Mine}
            """;
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            Sql, new { id = row.Id, epoch = row.Epoch, refund = counts ? 0 : 1 }, cancellationToken: cancel));
    }
}
