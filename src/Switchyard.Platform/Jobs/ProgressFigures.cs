namespace Switchyard.Platform.Jobs;

/// <summary>How far a job is at one moment.</summary>
/// <param name="Done">Work done; never falls.</param>
/// <param name="Total">All the work; null while unknown, never less than <paramref name="Done"/>.</param>
/// <param name="Errors">Items that failed.</param>
/// <param name="Rate">Work per second of late; null before there is a figure.</param>
/// <param name="SecondsLeft">Estimate; null where there is none.</param>
public sealed record ProgressFigures(long Done, long? Total, long Errors, double? Rate, double? SecondsLeft);
