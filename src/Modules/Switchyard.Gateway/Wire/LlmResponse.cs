namespace Switchyard.Gateway.Wire;

/// <summary>A whole answer between dialects.</summary>
public sealed record LlmResponse(string Id, string Model, IReadOnlyList<LlmPart> Parts, StopReason Stop, TokenUsage? Usage, string? StopSequence = null);

/// <summary>Why the model stopped.</summary>
public enum StopReason
{
    /// <summary>Finished its turn.</summary>
    End,

    /// <summary>Reached the output cap.</summary>
    Length,

    /// <summary>Met a stop sequence.</summary>
    StopSequence,

    /// <summary>Wants a tool called.</summary>
    ToolUse,

    /// <summary>Blocked by the vendor's filter, or refused.</summary>
    Filtered,

    /// <summary>Not stated.</summary>
    Unknown,
}
