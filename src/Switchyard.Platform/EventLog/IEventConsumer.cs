using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.EventLog;

/// <summary>
/// Reads the log from a stored position, exactly once: its effects and its new position commit in one
/// transaction. One node at a time runs a consumer; another takes over when that node dies.
/// </summary>
public interface IEventConsumer
{
    /// <summary>Stable name under which the position is stored, for example <c>gateway.rollups</c>.</summary>
    string Name { get; }

    /// <summary>Event types to hand over; empty means all.</summary>
    IReadOnlyCollection<string> Types { get; }

    /// <summary>Applies a batch inside <paramref name="change"/>; the runner commits it together with the position.</summary>
    Task HandleAsync(IReadOnlyList<StoredEvent> batch, Change change, CancellationToken cancel);
}
