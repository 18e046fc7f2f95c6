using Switchyard.Gateway.Pipeline.Telemetry;
using Switchyard.Gateway.Pipeline.Timing;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Usage;
using Switchyard.Gateway.Usage.Journal;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Pipeline.Attempts;

/// <summary>
/// Tries the plan's providers in order until one answers. Another is tried only before the client has seen a
/// byte, and only for failures that another may not have. The intent is on disk before each upstream call.
/// </summary>
internal sealed class AttemptStage(ProviderCaller caller, UsageJournal journal, DeadlineClock clock, TimeProvider time) : ICallHandler
{
    public async ValueTask HandleAsync(GatewayCall call, CancellationToken cancel)
    {
        AttemptEnd last = default;
        foreach (var provider in call.Plan!.Providers)
        {
            if (!CanServe(call, provider)) continue;
            var left = provider.TotalTimeout - time.GetElapsedTime(call.Arrived);
            if (left <= TimeSpan.Zero) break;
            if (call.Provider is { } failed)
            {
                Pricing.Apply(call, failed, call.Model!);
                call.BeginAnother();
            }

            var model = call.Plan.ModelAt(provider);
            (call.Provider, call.Model) = (provider, model);
            call.Tries++;
            if (!journal.TryBegin(UsageRecord.Of(call), first: !call.Journaled))
            {
                call.Refuse(new Problem("journal_unavailable", 503) { RetryAfter = TimeSpan.FromSeconds(5) });
                return;
            }

            call.Journaled = true;
            last = await TryAsync(call, provider, model, left, cancel);
            if (last.Failure == FailureClass.None)
            {
                call.Status = CallStatus.Succeeded;
                return;
            }

            if (call.Problem is not null || call.Reply.Started || !UpstreamFailures.MayFailOver(last.Failure)) break;
        }

        Conclude(call, last);
    }

    private async ValueTask<AttemptEnd> TryAsync(GatewayCall call, Provider provider, string model, TimeSpan left, CancellationToken cancel)
    {
        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        using var span = AttemptSpan.Start(call, provider, model);
        using var deadline = clock.Watch(left, cancel);
        AttemptEnd end;
        try
        {
            end = await caller.CallAsync(call, provider, model, deadline);
        }
        catch (Exception e) when (AttemptEnd.Knows(e))
        {
            end = AttemptEnd.Of(e, call, deadline);
        }

        var message = end.Message is null ? null : ErrorText.Clean(end.Message, provider.ApiKey);
        call.Add(new Attempt(provider.Name, model, startedAt, time.GetElapsedTime(started).TotalMilliseconds, end.Status, end.Failure, end.Code, message, end.UpstreamRequestId)
        {
            RetryAfter = end.RetryAfter,
        });
        AttemptSpan.Stop(span, call, end);
        return end;
    }

    private static bool CanServe(GatewayCall call, Provider provider) =>
        call.Operation == UpstreamOperation.Embeddings ? provider.Kind.Capabilities.Embeddings : provider.Kind.Capabilities.Chat;

    private static void Conclude(GatewayCall call, AttemptEnd last)
    {
        if (call.Problem is not null || call.Status != CallStatus.Open) return;
        if (last is { Failure: FailureClass.Aborted, Code: not "server_stopping" }) call.Abort(last.Code ?? GatewayCall.ClientLeft);
        else if (call.Attempts.Count == 0) call.Refuse(new Problem("operation_not_served", 400, "model").With("model", call.Request.Model));
        else call.Refuse(FailedAttempts.Problem(call, last));
        call.VendorError = last.Error;
    }
}
