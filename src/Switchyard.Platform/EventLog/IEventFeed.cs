namespace Switchyard.Platform.EventLog;

/// <summary>
/// Live events on this node, in log order. Every node sees every event; used to swap snapshots, drop cached
/// things, revoke sessions. Handlers must be quick and idempotent. Thread-safe.
/// </summary>
public interface IEventFeed
{
    /// <summary>
    /// Calls <paramref name="handler"/> for each event whose type is in <paramref name="types"/> (all when empty; a term
    /// such as <c>gateway.*</c> is a prefix), one at a time per subscription, until the returned handle is disposed.
    /// A handler that throws is called again a few times, then the event is passed over and the failure logged.
    /// </summary>
    IDisposable Subscribe(IReadOnlyCollection<string> types, Func<StoredEvent, CancellationToken, ValueTask> handler);

    /// <summary>The last sequence this node has delivered.</summary>
    long Position { get; }

    /// <summary>Completes when the feed has found the head of the log; events from then on are delivered.</summary>
    Task Ready { get; }
}
