using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Switchyard.Gateway.Pipeline.Telemetry;

/// <summary>The gateway's instruments. Names follow OpenTelemetry's GenAI conventions where they have one.</summary>
internal static class GatewayMeter
{
    /// <summary>Name of the meter and of the span source.</summary>
    public const string Name = "Switchyard.Gateway";

    public static readonly ActivitySource Spans = new(Name);
    public static readonly Histogram<double> Duration;
    public static readonly Histogram<double> FirstToken;

    private static readonly Meter Meter = new(Name);
    private static long _running;

    static GatewayMeter()
    {
        InstrumentAdvice<double> buckets = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320] };
        Duration = Meter.CreateHistogram("gen_ai.client.operation.duration", "s", "Duration of successful model calls.", null, buckets);
        FirstToken = Meter.CreateHistogram("gen_ai.server.time_to_first_token", "s", "Time to the first byte of a streamed answer.", null, buckets);
        Meter.CreateObservableCounter("switchyard_gateway_requests", CallTotals.Requests, "{request}", "Model calls by outcome.");
        Meter.CreateObservableCounter("switchyard_gateway_attempts", CallTotals.Attempts, "{attempt}", "Upstream calls.");
        Meter.CreateObservableCounter("switchyard_gateway_tokens", CallTotals.Tokens, "{token}", "Tokens by class.");
        Meter.CreateObservableCounter("switchyard_gateway_cost", CallTotals.Cost, null, "Cost of priced calls by currency.");
        Meter.CreateObservableCounter("switchyard_gateway_unpriced", CallTotals.Unpriced, "{request}", "Calls that reached a provider and have no known cost.");
        Meter.CreateObservableUpDownCounter("switchyard_gateway_running", () => Interlocked.Read(ref _running), "{request}", "Model calls under way.");
    }

    /// <summary>A call begins (1) or ends (-1).</summary>
    public static void Run(int change) => Interlocked.Add(ref _running, change);
}
