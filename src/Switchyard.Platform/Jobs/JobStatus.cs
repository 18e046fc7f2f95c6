namespace Switchyard.Platform.Jobs;

/// <summary>Where a job stands; stored by these names in lower case.</summary>
public enum JobStatus
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}
