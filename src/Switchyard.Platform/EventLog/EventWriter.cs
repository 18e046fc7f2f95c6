using Dapper;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.EventLog;

/// <summary>Appends to <c>platform.events</c> as the last statement of a transaction.</summary>
public static class EventWriter
{
    // The lock makes commit order equal sequence order: it is held until the commit, so that no reader can see
    // sequence n+1 while n is still uncommitted.
    private const string Sql = """
        select pg_advisory_xact_lock(7318349394477056);
        insert into platform.events (tenant_id, type, subject, actor, at, payload)
        select @tenant, e.type, e.subject, @actor, @at, e.payload::jsonb
        from unnest(@types, @subjects, @payloads) with ordinality as e(type, subject, payload, position)
        order by e.position
        """;

    /// <summary>Appends <paramref name="events"/> in order; nothing happens for an empty list.</summary>
    public static Task AppendAsync(Change change, IReadOnlyList<PendingEvent> events, DateTimeOffset at, CancellationToken cancel) =>
        events.Count == 0
            ? Task.CompletedTask
            : change.Connection.ExecuteAsync(new CommandDefinition(
                Sql,
                new
                {
                    tenant = change.Caller.TenantId,
                    actor = change.Caller.Name,
                    at,
                    types = events.Select(e => e.Type).ToArray(),
                    subjects = events.Select(e => e.Subject).ToArray(),
                    payloads = events.Select(e => e.Payload).ToArray(),
                },
                change.Transaction,
                cancellationToken: cancel));
}
