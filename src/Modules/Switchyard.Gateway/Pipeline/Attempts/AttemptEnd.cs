using Switchyard.Gateway.Pipeline.Timing;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Platform.Localization;

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

    /// <summary>A failure by exception: what ended the call from outside comes before what that broke.</summary>
    public static AttemptEnd Of(Exception e, GatewayCall call, CallDeadline deadline) => (deadline.Reason, e) switch
    {
        (CutReason.Client, _) when call.Reply.AccessTaken => new(FailureClass.Aborted, 0, GatewayCall.AccessRevoked, new Phrase("attempt.revoked").Write()),
        (CutReason.Client, _) => new(FailureClass.Aborted, 0, GatewayCall.ClientLeft, new Phrase("attempt.left").Write()),
        (CutReason.Timeout, _) => new(FailureClass.Timeout, 0, null, new Phrase("attempt.silent").Write()),
        (CutReason.Shutdown, _) => new(FailureClass.Aborted, 0, "server_stopping", new Phrase("attempt.stopping").Write()),
        (_, UpstreamException upstream) => new(upstream.Failure, 0, null, upstream.Phrase.Write()),
        (_, WireFormatException wire) => new(FailureClass.Rejected, 0, wire.Code, wire.Phrase.Write()),
        _ => new(FailureClass.Aborted, 0, GatewayCall.ClientLeft, new Phrase("attempt.left").Write()),
    };

    /// <summary>Whether <see cref="Of"/> knows what the exception means; anything else is a bug.</summary>
    public static bool Knows(Exception e) => e is UpstreamException or OperationCanceledException or WireFormatException;
}
