namespace Switchyard.Platform.Jobs;

/// <summary>How jobs are run; section <c>jobs</c>.</summary>
public sealed class JobOptions
{
    /// <summary>Jobs that this node runs at the same time; 0 for a node that runs none.</summary>
    /// <value>4</value>
    public int Concurrency { get; set; } = 4;

    /// <summary>How long a node may be silent before its jobs are taken over.</summary>
    /// <value>6 s</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How often progress is stored and announced at most.</summary>
    /// <value>250 ms</value>
    public TimeSpan ReportEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often each node looks for jobs that nobody runs.</summary>
    /// <value>1 s</value>
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Starts without a checkpoint in between after which a job is given up.</summary>
    /// <value>5</value>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long ended jobs are kept.</summary>
    /// <value>30 days</value>
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(30);
}
