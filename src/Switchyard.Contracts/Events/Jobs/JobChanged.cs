namespace Switchyard.Contracts.Events.Jobs;

/// <summary>A job began, came further, or ended; at most four times a second for each job.</summary>
/// <param name="Id">The job.</param>
/// <param name="JobType">Its kind, for example <c>mappings.import</c>.</param>
/// <param name="Title">What it does, for people.</param>
/// <param name="Status"><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Done">Work done.</param>
/// <param name="Total">All the work; null while unknown.</param>
/// <param name="Errors">Items that failed.</param>
/// <param name="Rate">Work per second of late; null before there is a figure.</param>
/// <param name="SecondsLeft">Estimate of the time left; null where there is none.</param>
public sealed record JobChanged(
    Guid Id, string JobType, string Title, string Status, long Done, long? Total, long Errors, double? Rate, double? SecondsLeft) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "jobs.changed";
}
