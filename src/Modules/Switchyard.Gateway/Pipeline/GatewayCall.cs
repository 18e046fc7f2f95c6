using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Routing;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Pipeline;

/// <summary>How a call ended.</summary>
public enum CallStatus
{
    /// <summary>Still under way.</summary>
    Open,
    Succeeded,
    Failed,

    /// <summary>The client left before the end.</summary>
    Aborted,

    /// <summary>The process died while it was under way.</summary>
    Unknown,
}

/// <summary>
/// One model call on its way through the pipeline: what came in, what was decided, how it went. Used by one
/// request at a time.
/// </summary>
public sealed class GatewayCall
{
    /// <summary>Identity of the usage record.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id shown to the client; its own if it sent a harmless one.</summary>
    public required string RequestId { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><see cref="TimeProvider.GetTimestamp"/> of its arrival.</summary>
    public required long Arrived { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>The configuration it began with and keeps.</summary>
    public required GatewaySnapshot Snapshot { get; init; }

    /// <summary>Language of the client.</summary>
    public required Dialect Dialect { get; init; }

    public required UpstreamOperation Operation { get; init; }

    /// <summary>The request's body and what was read of it.</summary>
    public required RequestEnvelope Request { get; init; }

    /// <summary>Where the answer goes.</summary>
    public required ReplySink Reply { get; init; }

    /// <summary>Language of texts for people, for example <c>zh-CN</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Path the client called.</summary>
    public required string Endpoint { get; init; }

    public CallLabels Labels { get; init; } = CallLabels.None;

    /// <summary>Client headers that may go to a provider that wants them, lower-case; null for none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? ClientHeaders { get; init; }

    /// <summary>It runs in the thread that watches its client's socket, and may go on in the one of the provider's.</summary>
    public bool Inline { get; init; }

    /// <summary>The client refuses translations that lose something.</summary>
    public bool Strict { get; init; }

    /// <summary>Where it may go; set by the route stage.</summary>
    public RoutePlan? Plan { get; set; }

    /// <summary>Upstream calls so far, in order.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>Upstream calls begun, the one under way included.</summary>
    public int Tries { get; set; }

    /// <summary>The provider in use, or used last.</summary>
    public Provider? Provider { get; set; }

    /// <summary>The model in use, or used last.</summary>
    public string? Model { get; set; }

    /// <summary>What a translation could not carry; null when nothing was translated.</summary>
    public LossReport? Loss { get; set; }

    /// <summary>How it ended.</summary>
    public CallStatus Status { get; set; }

    /// <summary>HTTP status that the client saw.</summary>
    public int HttpStatus { get; set; }

    /// <summary>Tokens by class; null when nothing is known.</summary>
    public TokenUsage? Usage { get; set; }

    /// <summary>The tokens were counted here, not reported by the vendor.</summary>
    public bool UsageEstimated { get; set; }

    /// <summary>Why the model stopped.</summary>
    public StopReason? Stop { get; set; }

    /// <summary>Cost and the price version behind it; null when the price or the tokens are unknown.</summary>
    public CallCost? Cost { get; set; }

    /// <summary><see cref="TimeProvider.GetTimestamp"/> of the first byte of the answer; 0 before.</summary>
    public long FirstByte { get; set; }

    /// <summary>Milliseconds from arrival to the first byte; null when none came.</summary>
    public double? TtftMs { get; set; }

    /// <summary>Milliseconds from arrival to the end.</summary>
    public double TotalMs { get; set; }

    /// <summary>Why it was refused or failed; null on success.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Cost so far, failed attempts included; null when a part of it is unknown.</summary>
    public CallCost? CostSoFar => _spent is null ? Cost : Usage is null && Status != CallStatus.Succeeded ? _spent.Cost : Spending.Sum(_spent.Cost, Cost);

    /// <summary>The vendor's own words, when it refused the request for what it asks.</summary>
    internal UpstreamError? VendorError { get; set; }

    /// <summary>The intent is on disk and waits for its settlement.</summary>
    internal bool Journaled { get; set; }

    private readonly List<Attempt> _attempts = new(1);
    private Spending? _spent;

    /// <summary>Adds a finished attempt.</summary>
    public void Add(Attempt attempt) => _attempts.Add(attempt);

    /// <summary>Puts aside what the failed attempt used, so that the next one begins at nothing.</summary>
    internal void BeginAnother()
    {
        if (Usage is { } usage) _spent = _spent?.Plus(usage, UsageEstimated, Cost) ?? new Spending(usage, UsageEstimated, Cost);
        (Usage, UsageEstimated, Cost, Stop, Loss, FirstByte) = (null, false, null, null, null, 0);
    }

    /// <summary>Adds what failed attempts used to what the last one did: the whole call's tokens and cost.</summary>
    internal void AddSpent()
    {
        if (_spent is not { } spent) return;
        Cost = CostSoFar;
        Usage = Usage is { } last ? spent.Usage + last : spent.Usage;
        UsageEstimated |= spent.Estimated;
        _spent = null;
    }

    /// <summary>Ends the call with <paramref name="problem"/>, which becomes the dialect's error unless an answer was begun.</summary>
    public void Refuse(Problem problem)
    {
        Problem = problem;
        Status = CallStatus.Failed;
        HttpStatus = problem.Status;
    }

    /// <summary>Why a call is aborted: its client went away.</summary>
    internal const string ClientLeft = "client_left";

    /// <summary>Why a call is aborted: its key or session was taken away while it ran.</summary>
    internal const string AccessRevoked = "access_revoked";

    /// <summary>Why it was aborted; null when it was not.</summary>
    public string? AbortReason { get; private set; }

    /// <summary>Nobody waits for the answer any more.</summary>
    public void Abort(string reason)
    {
        AbortReason = reason;
        Status = CallStatus.Aborted;
        HttpStatus = 499;
    }
}
