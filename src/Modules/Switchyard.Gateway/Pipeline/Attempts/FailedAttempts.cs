using System.Globalization;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Pipeline.Attempts;

/// <summary>The one error for a call that nobody answered: it lists each attempt.</summary>
internal static class FailedAttempts
{
    /// <summary>Describes the failed call; a request that a provider refused for what it asks keeps that provider's status.</summary>
    public static Problem Problem(GatewayCall call, AttemptEnd last)
    {
        if (last.Failure == FailureClass.Rejected) return Rejected(call, last);
        if (last is { Failure: FailureClass.Aborted, Code: "server_stopping" }) return new Problem("server_stopping", 503) { RetryAfter = TimeSpan.FromSeconds(1) };
        var status = Status(call.Attempts);
        return new Problem(call.Reply.Started ? "stream_broken" : status == 429 ? "providers_busy" : "all_providers_failed", status)
        {
            RetryAfter = status is 429 or 503 ? call.Attempts.Min(a => a.RetryAfter) ?? TimeSpan.FromSeconds(1) : null,
            Args = new Dictionary<string, object?>
            {
                ["count"] = call.Attempts.Count,
                ["attempts"] = Words(call.Attempts),
                ["model"] = call.Request.Model,
            },
            Extensions = new Dictionary<string, object?> { ["attempts"] = call.Attempts.Select(a => AttemptView.Of(a, call.RequestId)).ToArray() },
        };
    }

    private static Problem Rejected(GatewayCall call, AttemptEnd last) => new("provider_rejected", last.Status is >= 400 and < 500 ? last.Status : 400, last.Error?.Param)
    {
        Args = new Dictionary<string, object?>
        {
            ["provider"] = call.Attempts[^1].Provider,
            ["status"] = last.Status,
            ["message"] = call.Attempts[^1].Message,
        },
        Extensions = new Dictionary<string, object?>
        {
            ["attempts"] = call.Attempts.Select(a => AttemptView.Of(a, call.RequestId)).ToArray(),
        },
    };

    private static int Status(IReadOnlyList<Attempt> attempts) =>
        attempts.All(a => a.Failure == FailureClass.RateLimited) ? 429
        : attempts.All(a => a.Failure == FailureClass.Timeout) ? 504
        : attempts.All(a => a.Status is 503 or 529) ? 503
        : 502;

    private static Phrase[] Words(IReadOnlyList<Attempt> attempts) => [.. attempts.Select(a => new Phrase(
        a.Message is null ? "attempt.words" : "attempt.said",
        ("target", $"{a.Provider}/{a.Model}"),
        ("failure", a.Status > 0 ? string.Create(CultureInfo.InvariantCulture, $"{AttemptView.Word(a.Failure)} {a.Status}") : AttemptView.Word(a.Failure)),
        ("ms", Math.Round(a.Ms)),
        ("message", a.Message)))];
}

/// <summary>An attempt as errors, records and the request log show it.</summary>
/// <param name="Class">Kind of failure; <c>none</c> on success.</param>
public sealed record AttemptView(
    string Provider, string Model, DateTimeOffset StartedAt, double Ms, int Status, string Class, string? Code, string? Message, string? UpstreamRequestId, string? RequestId = null)
{
    /// <summary>The same with its message in a language; the vendor's own words stay.</summary>
    public AttemptView In(Messages messages, string language) => this with { Message = messages.Read(language, Message) };

    internal static AttemptView Of(Attempt a, string? requestId = null) =>
        new(a.Provider, a.Model, a.StartedAt, Math.Round(a.Ms, 1), a.Status, Word(a.Failure), a.Code, a.Message, a.UpstreamRequestId, requestId);

    /// <summary>The stable word of a failure class.</summary>
    public static string Word(FailureClass failure) => failure switch
    {
        FailureClass.None => "none",
        FailureClass.Connect => "connect",
        FailureClass.Tls => "tls",
        FailureClass.AddressRefused => "address-refused",
        FailureClass.Timeout => "timeout",
        FailureClass.Cut => "cut",
        FailureClass.Malformed => "malformed",
        FailureClass.TooLarge => "too-large",
        FailureClass.RateLimited => "rate-limited",
        FailureClass.Credential => "credential",
        FailureClass.Server => "server",
        FailureClass.Rejected => "rejected",
        FailureClass.InAnswer => "error-in-answer",
        _ => "aborted",
    };
}
