using System.Text.Json;
using Npgsql;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Jobs;

/// <summary>What a handler knows of its job and can say about it. Reporting is thread-safe; the rest is not.</summary>
public sealed class JobContext
{
    private const int PartBytes = 1024 * 1024;

    private readonly Database _database;
    private readonly JobLease _lease;
    private readonly JobProgress _progress;

    internal JobContext(Database database, JobLease lease, JobProgress progress) =>
        (_database, _lease, _progress) = (database, lease, progress);

    /// <summary>The job.</summary>
    public Guid Id => _lease.Row.Id;

    /// <summary>Who asked for it: read and write for this tenant only.</summary>
    public Caller Caller => _lease.Row.Caller;

    /// <summary>1 at the first start; more after interruptions since the last checkpoint.</summary>
    public int Attempt => _lease.Row.Attempts;

    /// <summary>The arguments it was started with.</summary>
    public T Arguments<T>() => JsonSerializer.Deserialize<T>(_lease.Row.Arguments, PendingEvent.Json)!;

    /// <summary>Where to go on: the last checkpoint, or the default at the first start.</summary>
    public T? Checkpoint<T>() =>
        _lease.Row.Checkpoint is { } json ? JsonSerializer.Deserialize<T>(json, PendingEvent.Json) : default;

    /// <summary>Says how much is done in all; costs nothing, is stored and announced a few times a second.</summary>
    public void Report(long done, long? total = null, long? errors = null) => _progress.Report(done, total, errors);

    /// <summary>
    /// Stores where to go on, in the transaction of the effects themselves: either both are there after a crash or
    /// neither. Commit <paramref name="change"/> next. Throws <see cref="JobLostException"/> when the job is no longer ours.
    /// </summary>
    public Task CheckpointAsync(Change change, object checkpoint, CancellationToken cancel) =>
        _lease.CheckpointAsync(change, checkpoint, _progress.Figures, cancel);

    /// <summary>Stores where to go on, for effects that may be repeated.</summary>
    public async Task CheckpointAsync(object checkpoint, CancellationToken cancel)
    {
        await using var change = await _database.BeginAsync(Caller, cancel);
        await CheckpointAsync(change, checkpoint, cancel);
        await change.CommitAsync(cancel);
    }

    /// <summary>Leaves a file to download, in place of an earlier one.</summary>
    public async Task AttachAsync(string name, string contentType, Stream content, CancellationToken cancel)
    {
        await using var change = await _database.BeginAsync(Caller, cancel);
        await ExecuteAsync(change, "delete from platform.job_files where job_id = $1 and tenant_id = $2", cancel, Id, Caller.TenantId);
        var buffer = new byte[PartBytes];
        int read;
        for (var part = 0; (read = await content.ReadAtLeastAsync(buffer, PartBytes, false, cancel)) > 0 || part == 0; part++)
        {
            const string Sql = "insert into platform.job_files (job_id, tenant_id, part, name, content_type, content) values ($1, $2, $3, $4, $5, $6)";
            await ExecuteAsync(change, Sql, cancel, Id, Caller.TenantId, part, name, contentType, buffer[..read]);
        }

        await change.CommitAsync(cancel);
    }

    private static async Task ExecuteAsync(Change change, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, change.Connection, change.Transaction);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
