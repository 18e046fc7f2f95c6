namespace Switchyard.Contracts.Events.Jobs;

/// <summary>Somebody wants a running job to stop; the node that runs it does so.</summary>
/// <param name="Id">The job.</param>
public sealed record JobCancelRequested(Guid Id) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "jobs.cancel-requested";
}
