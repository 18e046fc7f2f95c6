using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire.Errors;

namespace Switchyard.Gateway.Pipeline.Attempts;

/// <summary>How one attempt ended.</summary>
/// <param name="Failure">None on success.</param>
/// <param name="Status">HTTP status; 0 when no answer came.</param>
internal readonly record struct AttemptEnd(FailureClass Failure, int Status, string? Code = null, string? Message = null)
{
    public TimeSpan? RetryAfter { get; init; }
    public string? UpstreamRequestId { get; init; }

    /// <summary>The vendor's own words for a request that it refused.</summary>
    public UpstreamError? Error { get; init; }

    public static AttemptEnd Success(int status) => new(FailureClass.None, status);
}
