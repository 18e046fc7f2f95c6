namespace Switchyard.Platform.Jobs;

/// <summary>
/// Does one kind of long work. It may be stopped at any moment and started again, here or on another node, with the
/// last checkpoint: whatever it did after that checkpoint it must be able to do again.
/// </summary>
public interface IJobHandler
{
    /// <summary>Stable name, <c>module.verb</c>, for example <c>mappings.import</c>.</summary>
    string Type { get; }

    /// <summary>
    /// Does the work and returns a small result that is stored as JSON; null for none. Throws
    /// <see cref="JobFailedException"/> for a failure that people must be told about.
    /// </summary>
    Task<object?> RunAsync(JobContext job, CancellationToken cancel);
}
