namespace Switchyard.Platform.Jobs;

/// <summary>Names of states as rows and messages hold them.</summary>
internal static class JobStates
{
    public static string Name(JobStatus status) => status switch
    {
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.Succeeded => "succeeded",
        JobStatus.Failed => "failed",
        _ => "cancelled",
    };
}
