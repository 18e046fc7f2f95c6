using Dapper;
using Npgsql;
using Switchyard.Contracts.Events.Jobs;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Jobs;

/// <summary>Reads jobs and their files; cancels.</summary>
internal sealed class JobStore(Database database)
{
    private const string ListSql = $"""
        select {JobRow.Columns} from platform.jobs
        where tenant_id = @tenant and (@cursor::uuid is null or id < @cursor)
          and (cardinality(@statuses) = 0 or status = any(@statuses)) and (@type::text is null or type = @type)
        order by id desc limit @limit
        """;

    private const string CancelSql = $"""
        update platform.jobs
        set cancel_requested = true,
            status = case status when 'queued' then 'cancelled' else status end,
            ended_at = case status when 'queued' then now() end
        where id = @id and tenant_id = @tenant and status in ('queued', 'running')
        returning {JobRow.Columns}
        """;

    public async Task<IReadOnlyList<JobRow>> ListAsync(Guid tenant, string[] statuses, string? type, Guid? cursor, int limit, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<JobRow>(new CommandDefinition(
            ListSql, new { tenant, statuses, type, cursor, limit }, cancellationToken: cancel))).AsList();
    }

    public async Task<JobRow?> FindAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            $"select {JobRow.Columns} from platform.jobs where id = @id and tenant_id = @tenant", new { id, tenant }, cancellationToken: cancel));
    }

    /// <summary>Cancels what waits at once and asks what runs to stop; null when it has ended meanwhile.</summary>
    public async Task<JobRow?> CancelAsync(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        var row = await change.Connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            CancelSql, new { id, tenant = caller.TenantId }, change.Transaction, cancellationToken: cancel));
        if (row is null) return null;
        if (row.State == JobStatus.Running) change.Raise(id.ToString(), new JobCancelRequested(id));
        else change.Raise(id.ToString(), row.Changed);
        await change.CommitAsync(cancel);
        return row;
    }

    /// <summary>Name and content type of the job's file; null when it left none.</summary>
    public async Task<(string Name, string ContentType)?> FileAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<(string, string)?>(new CommandDefinition(
            "select name, content_type from platform.job_files where job_id = @id and tenant_id = @tenant and part = 0",
            new { id, tenant },
            cancellationToken: cancel));
    }

    /// <summary>Copies the file part by part.</summary>
    public async Task CopyFileAsync(Guid tenant, Guid id, Stream target, CancellationToken cancel)
    {
        for (var part = 0; ; part++)
        {
            await using var command = database.Source.CreateCommand(
                "select content from platform.job_files where job_id = $1 and tenant_id = $2 and part = $3");
            foreach (var value in new object[] { id, tenant, part }) command.Parameters.Add(new NpgsqlParameter { Value = value });
            if (await command.ExecuteScalarAsync(cancel) is not byte[] content) return;
            await target.WriteAsync(content, cancel);
        }
    }

    /// <summary>The end of a job as a refusal.</summary>
    public static Problem Ended(JobRow row) => new Problem("job_ended", 409).With("status", row.Status);
}
