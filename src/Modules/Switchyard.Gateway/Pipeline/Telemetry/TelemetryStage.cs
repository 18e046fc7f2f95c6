using System.Diagnostics;

namespace Switchyard.Gateway.Pipeline.Telemetry;

/// <summary>Counts and times calls.</summary>
internal sealed class TelemetryStage(ICallHandler next) : ICallHandler
{
    public async ValueTask HandleAsync(GatewayCall call, CancellationToken cancel)
    {
        GatewayMeter.Run(1);
        try
        {
            await next.HandleAsync(call, cancel);
        }
        finally
        {
            GatewayMeter.Run(-1);
            CallTotals.Add(call);
            Time(call);
        }
    }

    private static void Time(GatewayCall call)
    {
        if (call.Status != CallStatus.Succeeded || !GatewayMeter.Duration.Enabled) return;
        var tags = new TagList
        {
            { "gen_ai.provider.name", call.Provider?.Name },
            { "gen_ai.response.model", call.Model },
        };
        GatewayMeter.Duration.Record(call.TotalMs / 1000, tags);
        if (call.Request.Stream && call.TtftMs is { } first) GatewayMeter.FirstToken.Record(first / 1000, tags);
    }
}
