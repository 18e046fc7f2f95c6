using Switchyard.Gateway.Usage;
using Switchyard.Gateway.Usage.Journal;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Pipeline.Recording;

/// <summary>Settles every call, however it ended, with its tokens, cost and times.</summary>
internal sealed class RecordStage(ICallHandler next, RecordStage.Needs needs) : ICallHandler
{
    /// <summary>What the stage works with.</summary>
    internal sealed record Needs(UsageJournal Journal, TimeProvider Time);

    public async ValueTask HandleAsync(GatewayCall call, CancellationToken cancel)
    {
        try
        {
            await next.HandleAsync(call, cancel);
        }
        finally
        {
            Settle(call);
        }
    }

    private void Settle(GatewayCall call)
    {
        // Only a bug comes here with the call still open; the record says so, and the exception goes on.
        if (call.Status == CallStatus.Open) call.Refuse(new Problem("internal_error", 500));
        if (call.Provider is { } provider) Pricing.Apply(call, provider, call.Model!);
        call.AddSpent();
        call.TotalMs = needs.Time.GetElapsedTime(call.Arrived).TotalMilliseconds;
        if (call.FirstByte != 0) call.TtftMs = needs.Time.GetElapsedTime(call.Arrived, call.FirstByte).TotalMilliseconds;
        var record = UsageRecord.Of(call);
        if (call.Journaled) needs.Journal.Settle(record);
        else needs.Journal.Note(record);
    }
}
