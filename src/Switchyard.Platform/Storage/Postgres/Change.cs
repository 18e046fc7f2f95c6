using Npgsql;
using Switchyard.Contracts.Events;
using Switchyard.Platform.Access;
using Switchyard.Platform.Audit;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Http.Idempotency;

namespace Switchyard.Platform.Storage.Postgres;

/// <summary>
/// One state change: rows, events and audit in one transaction. Events and audit entries are collected and
/// written last, because appending takes the log's lock until the commit. Not thread-safe.
/// </summary>
public sealed class Change : IAsyncDisposable
{
    private readonly List<PendingEvent> _events = [];
    private readonly List<AuditEntry> _audit = [];
    private readonly IEventSignal _signal;
    private bool _returned;
    private readonly TimeProvider _time;

    internal Change(NpgsqlConnection connection, NpgsqlTransaction transaction, Caller caller, IEventSignal signal, TimeProvider time)
    {
        (Connection, Transaction, Caller) = (connection, transaction, caller);
        (_signal, _time) = (signal, time);
    }

    /// <summary>The connection that carries the transaction.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>The transaction; pass it to every Dapper call.</summary>
    public NpgsqlTransaction Transaction { get; }

    /// <summary>Who makes the change.</summary>
    public Caller Caller { get; private set; }

    /// <summary>Sequence of the last event that the commit appended; 0 before the commit or without events.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Adds an event to be appended by the commit.</summary>
    /// <param name="subject">What it is about, for example a provider id in text form.</param>
    /// <param name="fact">The event.</param>
    public void Raise<T>(string subject, T fact)
        where T : IEvent => _events.Add(PendingEvent.From(subject, fact));

    /// <summary>Adds an event whose type is only known at run time.</summary>
    public void Raise(PendingEvent fact) => _events.Add(fact);

    /// <summary>Adds an audit entry; the commit fails when it cannot be written.</summary>
    public void Record(AuditEntry entry) => _audit.Add(entry);

    /// <summary>Writes audit rows and events, commits, returns the connection, then wakes the readers of the log.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        if (IdempotentRequest.Current is { } request) await request.MarkAsync(this, cancel);
        await AuditWriter.AppendAsync(this, _audit, now, cancel);
        if (_events.Count == 0) await Transaction.CommitAsync(cancel);
        else LastSequence = await EventWriter.AppendAndCommitAsync(this, _events, now, cancel);

        // Returned now, not at the end of the caller's scope: whoever goes on to refresh a snapshot needs another
        // connection, and with all of them held by such callers nobody would get one.
        await DisposeAsync();
        if (_events.Count > 0) _signal.Appended();
    }

    /// <summary>Goes on for another tenant: for readers of the log, who learn it from what they read.</summary>
    internal void ActFor(Caller caller) => Caller = caller;

    /// <summary>Rolls back what was not committed and returns the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        // Once only: a pooled connection's transaction object may be another's by now.
        if (_returned) return;
        _returned = true;
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
