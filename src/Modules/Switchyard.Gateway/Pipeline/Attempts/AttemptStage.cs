using Microsoft.Extensions.Options;
using Switchyard.Gateway.Pipeline.Telemetry;
using Switchyard.Gateway.Pipeline.Timing;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Resilience;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Usage;
using Switchyard.Gateway.Usage.Journal;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Pipeline.Attempts;

/// <summary>
/// Calls the plan's targets until one answers: which and when says <see cref="AttemptSchedule"/>. Another call is made
/// only before the client has seen a byte. The intent is on disk before each upstream call.
/// </summary>
internal sealed class AttemptStage(
    ProviderCaller caller, UsageJournal journal, Breakers breakers, RetryBudget budget, IOptions<RetryOptions> retries, DeadlineClock clock, TimeProvider time) : ICallHandler
{
    public async ValueTask HandleAsync(GatewayCall call, CancellationToken cancel)
    {
        budget.Earn();
        AttemptSchedule? schedule = null;
        AttemptEnd last = default;
        for (var next = First(call, ref schedule); next >= 0;)
        {
            var provider = call.Plan!.Providers[next];
            var model = call.Plan.ModelAt(provider);
            var left = provider.TotalTimeout - time.GetElapsedTime(call.Arrived);
            if (left <= TimeSpan.Zero) break;
            if (!Begin(call, provider, model)) return;
            last = await TryAsync(call, provider, model, left, cancel);
            if (last.Failure == FailureClass.None)
            {
                call.Status = CallStatus.Succeeded;
                return;
            }

            if (call.Problem is not null || call.Reply.Started || last.Failure == FailureClass.Aborted) break;
            schedule ??= NewSchedule(call);
            schedule.Failed(next, last.Failure, last.Status, last.RetryAfter, time.GetElapsedTime(call.Arrived), Random.Shared.NextDouble());
            (next, var ended) = await NextAsync(call, schedule, cancel);
            if (ended is { } end) last = end;
        }

        Conclude(call, last);
    }

    // The usual call needs no schedule: its first target may be called and answers.
    private int First(GatewayCall call, ref AttemptSchedule? schedule)
    {
        var providers = call.Plan!.Providers;
        for (var i = 0; i < providers.Count; i++)
        {
            if (CanServe(call, providers[i]) && breakers.TryEnter(providers[i], call.Plan.ModelAt(providers[i]))) return i;
        }

        schedule = NewSchedule(call);
        return schedule.Next(TimeSpan.Zero, TimeSpan.MaxValue)?.Target ?? -1;
    }

    private AttemptSchedule NewSchedule(GatewayCall call)
    {
        var plan = call.Plan!;
        var schedule = new AttemptSchedule(plan.Providers.Count, retries.Value, PassedOver);
        for (var i = 0; i < plan.Providers.Count; i++)
        {
            if (!CanServe(call, plan.Providers[i])) schedule.Skip(i);
        }

        return schedule;

        TimeSpan? PassedOver(int target)
        {
            var (provider, model) = (plan.Providers[target], plan.ModelAt(plan.Providers[target]));
            return breakers.TryEnter(provider, model) ? null : breakers.OpenLeft(provider, model);
        }
    }

    /// <summary>The next target, once its wait is over; -1 when there is none, and how the wait was ended if it was.</summary>
    private async ValueTask<(int Target, AttemptEnd? Ended)> NextAsync(GatewayCall call, AttemptSchedule schedule, CancellationToken cancel)
    {
        var now = time.GetElapsedTime(call.Arrived);
        var latest = call.Plan!.Providers.Max(p => p.TotalTimeout);
        var step = schedule.Next(now, latest);
        if (step is { Repeats: true } && !budget.TrySpend())
        {
            schedule.ForbidRepeats();
            step = schedule.Next(now, latest);
        }

        if (step is not { } next) return (-1, null);
        if (next.Wait > TimeSpan.Zero && await WaitAsync(call, next.Wait, latest - now, cancel) is { } ended) return (-1, ended);
        return (next.Target, null);
    }

    private async ValueTask<AttemptEnd?> WaitAsync(GatewayCall call, TimeSpan wait, TimeSpan left, CancellationToken cancel)
    {
        using var deadline = clock.Watch(left, cancel);
        try
        {
            await Task.Delay(wait, time, deadline.Token);
            return null;
        }
        catch (OperationCanceledException e)
        {
            return AttemptEnd.Of(e, call, deadline);
        }
    }

    /// <summary>Puts the intent on disk; false when it cannot be, and nothing may be called.</summary>
    private bool Begin(GatewayCall call, Provider provider, string model)
    {
        if (call.Provider is { } failed)
        {
            Pricing.Apply(call, failed, call.Model!);
            call.BeginAnother();
        }

        (call.Provider, call.Model) = (provider, model);
        call.Tries++;
        if (!journal.TryBegin(UsageRecord.Of(call), first: !call.Journaled))
        {
            breakers.Report(provider, model, FailureClass.Aborted);
            call.Refuse(new Problem("journal_unavailable", 503) { RetryAfter = TimeSpan.FromSeconds(5) });
            return false;
        }

        return call.Journaled = true;
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
        breakers.Report(provider, model, end.Failure);
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
