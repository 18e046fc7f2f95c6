using System.Text.Json;
using Dapper;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Jobs;

/// <summary>Writes jobs that are asked for.</summary>
public sealed class JobQueue(Database database, IEnumerable<IJobHandler> handlers, TimeProvider time) : IJobs
{
    private readonly HashSet<string> _types = [.. handlers.Select(h => h.Type)];

    /// <inheritdoc/>
    public async Task<Guid> StartAsync(string type, string title, object arguments, Caller caller, CancellationToken cancel)
    {
        await using var change = await database.BeginAsync(caller, cancel);
        var id = await StartAsync(change, type, title, arguments, cancel);
        await change.CommitAsync(cancel);
        return id;
    }

    /// <inheritdoc/>
    public async Task<Guid> StartAsync(Change change, string type, string title, object arguments, CancellationToken cancel)
    {
        if (!_types.Contains(type)) throw new ArgumentException($"No IJobHandler has the type '{type}'.", nameof(type));

        const string Sql = $"""
            insert into platform.jobs (id, tenant_id, type, title, status, arguments, created_at, created_by, created_by_kind, created_by_id, grants)
            values (@id, @tenant, @type, @title, 'queued', @arguments::json, @now, @by, @kind, @byId, @grants)
            returning {JobRow.Columns}
            """;
        var (now, caller) = (time.GetUtcNow(), change.Caller);
        var row = await change.Connection.QuerySingleAsync<JobRow>(new CommandDefinition(
            Sql,
            new
            {
                id = Guid.CreateVersion7(now), tenant = caller.TenantId, type, title,
                arguments = JsonSerializer.Serialize(arguments, PendingEvent.Json), now,
                by = caller.Name, kind = caller.Kind.ToString(), byId = caller.Id, grants = (int)caller.Grants,
            },
            change.Transaction,
            cancellationToken: cancel));
        change.Raise(row.Id.ToString(), row.Changed);
        return row.Id;
    }
}
