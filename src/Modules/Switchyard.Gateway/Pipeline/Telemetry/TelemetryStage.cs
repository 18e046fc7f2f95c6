using System.Diagnostics;

namespace Switchyard.Gateway.Pipeline.Telemetry;

/// <summary>Counts and times calls. Costs nothing where nobody listens.</summary>
internal sealed class TelemetryStage(ICallHandler next) : ICallHandler
{
    public async ValueTask HandleAsync(GatewayCall call, CancellationToken cancel)
    {
        GatewayMeter.Running.Add(1);
        try
        {
            await next.HandleAsync(call, cancel);
        }
        finally
        {
            GatewayMeter.Running.Add(-1);
            Count(call);
        }
    }

    private static void Count(GatewayCall call)
    {
        var tags = new TagList
        {
            { "gen_ai.provider.name", call.Provider?.Name ?? "none" },
            { "gen_ai.response.model", call.Model ?? "none" },
        };
        if (call.Usage is { } usage && GatewayMeter.Tokens.Enabled)
        {
            Add("input", usage.Input, tags);
            Add("output", usage.Output, tags);
            Add("cached-read", usage.CachedRead, tags);
            Add("cache-write", usage.CacheWrite, tags);
        }

        if (call.Cost is { } cost && GatewayMeter.Cost.Enabled) GatewayMeter.Cost.Add((double)cost.Amount, [.. tags, new("currency", cost.Currency)]);
        tags.Add("status", Words.Of(call.Status));
        GatewayMeter.Requests.Add(1, tags);
        if (call.Status == CallStatus.Succeeded) GatewayMeter.Duration.Record(call.TotalMs / 1000, tags);
        if (call.TtftMs is { } first) GatewayMeter.FirstToken.Record(first / 1000, tags);
    }

    private static void Add(string kind, int count, TagList tags)
    {
        if (count == 0) return;
        tags.Add("class", kind);
        GatewayMeter.Tokens.Add(count, tags);
    }
}
