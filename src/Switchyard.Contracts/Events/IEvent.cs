namespace Switchyard.Contracts.Events;

/// <summary>
/// One fact that happened. Serialised as JSON (camelCase) into the event log; the record's public
/// properties are its payload, so they must stay readable by older and newer nodes: add, never rename.
/// Never put a secret or a prompt into an event.
/// </summary>
public interface IEvent
{
    /// <summary>Stable name, <c>module.fact-in-past-tense</c>, for example <c>gateway.provider-changed</c>.</summary>
    static abstract string Type { get; }
}
