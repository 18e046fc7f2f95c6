using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Pipeline;

/// <summary>One upstream call of a request, and how it went.</summary>
/// <param name="Ms">Duration in milliseconds.</param>
/// <param name="Status">HTTP status; 0 when no answer came.</param>
/// <param name="Failure">What went wrong; none on success.</param>
/// <param name="Code">The vendor's own error code.</param>
/// <param name="Message">What happened, without secrets; null on success.</param>
/// <param name="UpstreamRequestId">The vendor's id of the call.</param>
public sealed record Attempt(
    string Provider,
    string Model,
    DateTimeOffset StartedAt,
    double Ms,
    int Status,
    FailureClass Failure,
    string? Code = null,
    string? Message = null,
    string? UpstreamRequestId = null)
{
    /// <summary>When the vendor allows the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
