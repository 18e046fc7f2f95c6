using Switchyard.Platform.Access;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Jobs;

/// <summary>Starts long work. It survives the node that runs it, and reports how far it is. Thread-safe.</summary>
public interface IJobs
{
    /// <summary>Asks for a job and returns its id; it is durable when this returns.</summary>
    /// <param name="type">The <see cref="IJobHandler.Type"/> that does it.</param>
    /// <param name="title">What it does, for people.</param>
    /// <param name="arguments">Stored as JSON; no secrets.</param>
    /// <param name="caller">Who asks: the job runs for its tenant.</param>
    /// <param name="cancel">Cancels the asking, not the job.</param>
    Task<Guid> StartAsync(string type, string title, object arguments, Caller caller, CancellationToken cancel);

    /// <summary>The same as part of <paramref name="change"/>: the job exists if and only if the change commits.</summary>
    Task<Guid> StartAsync(Change change, string type, string title, object arguments, CancellationToken cancel);
}
