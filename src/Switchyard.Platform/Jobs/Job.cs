using System.Text.Json;

namespace Switchyard.Platform.Jobs;

/// <summary>A job as its readers see it.</summary>
/// <param name="Id">The job.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Title">What it does, for people.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Done">Work done.</param>
/// <param name="Total">All the work; null while unknown.</param>
/// <param name="Rate">Work per second; of late while it runs, over all once it has ended.</param>
/// <param name="SecondsLeft">Estimate; null where there is none.</param>
/// <param name="Errors">Items that failed.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it was first started.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="CreatedBy">Who asked for it.</param>
/// <param name="Result">What its handler returned.</param>
/// <param name="Error">Why it failed, in the reader's language.</param>
/// <param name="ErrorCode">The same as a stable code.</param>
/// <param name="HasFile">True when there is something to download.</param>
public sealed record Job(
    Guid Id, string Type, string Title, JobStatus Status, long Done, long? Total, double? Rate, double? SecondsLeft, long Errors,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string CreatedBy, JsonElement? Result,
    string? Error, string? ErrorCode, bool HasFile);
