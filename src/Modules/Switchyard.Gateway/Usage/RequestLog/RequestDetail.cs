using Switchyard.Contracts.Events;
using Switchyard.Gateway.Pipeline.Attempts;

namespace Switchyard.Gateway.Usage.RequestLog;

/// <summary>One call as its own page shows it: the log's item with members added, so that one type reads both.</summary>
public sealed record RequestDetail : SettledCall
{
    internal RequestDetail(SettledCall item)
        : base(item)
    {
    }

    /// <summary>Every upstream call made for it, in order.</summary>
    public required IReadOnlyList<AttemptView> AttemptList { get; init; }

    /// <summary>The price its cost was reckoned with.</summary>
    public required Guid? PriceVersion { get; init; }

    /// <summary>Deal it was made for.</summary>
    public required Guid? DealId { get; init; }

    /// <summary>Run of that deal's analysis.</summary>
    public required Guid? CycleId { get; init; }

    /// <summary>Node that carried it.</summary>
    public required string Node { get; init; }

    /// <summary>What happened when, in milliseconds since the request arrived.</summary>
    public required IReadOnlyList<TimelineStep> Timeline { get; init; }
}
