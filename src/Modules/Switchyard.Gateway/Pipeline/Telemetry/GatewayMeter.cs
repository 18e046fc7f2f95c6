using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Switchyard.Gateway.Pipeline.Telemetry;

/// <summary>The gateway's instruments. Names follow OpenTelemetry's GenAI conventions where they have one.</summary>
internal static class GatewayMeter
{
    /// <summary>Name of the meter and of the span source.</summary>
    public const string Name = "Switchyard.Gateway";

    public static readonly ActivitySource Spans = new(Name);
    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Requests = Meter.CreateCounter<long>("switchyard_gateway_requests", "{request}", "Model calls by outcome.");
    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>("switchyard_gateway_attempts", "{attempt}", "Upstream calls by outcome.");
    public static readonly Counter<long> Tokens = Meter.CreateCounter<long>("switchyard_gateway_tokens", "{token}", "Tokens by class.");
    public static readonly Counter<double> Cost = Meter.CreateCounter<double>("switchyard_gateway_cost", null, "Cost of priced calls by currency.");
    public static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>("switchyard_gateway_running", "{request}", "Model calls under way.");
    public static readonly Histogram<double> Duration = Meter.CreateHistogram("gen_ai.client.operation.duration", "s", "Duration of model calls.", null, Buckets);
    public static readonly Histogram<double> FirstToken = Meter.CreateHistogram("gen_ai.server.time_to_first_token", "s", "Time to the first byte of the answer.", null, Buckets);

    private static InstrumentAdvice<double> Buckets => new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320],
    };
}
