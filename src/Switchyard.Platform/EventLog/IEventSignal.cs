namespace Switchyard.Platform.EventLog;

/// <summary>Tells the log's readers, here and on other nodes, that something was committed.</summary>
public interface IEventSignal
{
    /// <summary>Called after a commit; returns at once. Lost signals are made good by the readers' own polling.</summary>
    void Appended();
}
