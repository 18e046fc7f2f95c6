namespace Switchyard.Platform.Jobs.Scheduling;

/// <summary>Small upkeep that happens at a steady pace, once per interval whatever the number of nodes.</summary>
public interface IRecurringTask
{
    /// <summary>Stable name, <c>module.verb</c>.</summary>
    string Name { get; }

    /// <summary>Time from one run to the next.</summary>
    TimeSpan Interval { get; }

    /// <summary>Does it; runs never overlap. Long work belongs into a job.</summary>
    Task RunAsync(CancellationToken cancel);
}
