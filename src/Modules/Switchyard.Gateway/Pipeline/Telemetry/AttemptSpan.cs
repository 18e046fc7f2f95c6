using System.Diagnostics;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Pipeline.Telemetry;

/// <summary>One client span per upstream call, with the GenAI attributes (semantic conventions 1.37).</summary>
internal static class AttemptSpan
{
    /// <summary>Starts a span; null where nobody listens.</summary>
    public static Activity? Start(GatewayCall call, Provider provider, string model)
    {
        if (!GatewayMeter.Spans.HasListeners()) return null;
        var operation = call.Operation == UpstreamOperation.Embeddings ? "embeddings" : "chat";
        var span = GatewayMeter.Spans.StartActivity($"{operation} {model}", ActivityKind.Client);
        span?.SetTag("gen_ai.operation.name", operation)
            .SetTag("gen_ai.provider.name", provider.Kind.Id)
            .SetTag("gen_ai.request.model", model)
            .SetTag("server.address", provider.Endpoint.Host)
            .SetTag("switchyard.provider", provider.Name)
            .SetTag("switchyard.request_id", call.RequestId);
        return span;
    }

    /// <summary>Notes how it went.</summary>
    public static void Stop(Activity? span, GatewayCall call, AttemptEnd end)
    {
        if (span is null) return;
        if (end.Status > 0) span.SetTag("http.response.status_code", end.Status);
        if (call.Usage is { } usage)
        {
            span.SetTag("gen_ai.usage.input_tokens", usage.Input + usage.CachedRead + usage.CacheWrite);
            span.SetTag("gen_ai.usage.output_tokens", usage.Output);
        }

        if (end.Failure == FailureClass.None) return;
        span.SetTag("error.type", AttemptView.Word(end.Failure));
        span.SetStatus(ActivityStatusCode.Error);
    }
}
