using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Pipeline.Authentication;
using Switchyard.Gateway.Pipeline.Recording;
using Switchyard.Gateway.Pipeline.Telemetry;
using Switchyard.Gateway.Routing;

namespace Switchyard.Gateway.Pipeline;

/// <summary>What a model call goes through, first = outermost. The one list.</summary>
public sealed class GatewayPipeline
{
    private readonly ICallHandler _first;

    internal GatewayPipeline(RecordStage.Needs record, CheckModel checkKey, AttemptStage attempts)
    {
        _first = Compose(
            attempts,
            next => new TelemetryStage(next),
            next => new RecordStage(next, record),
            next => new KeyStage(next, checkKey),
            next => new RouteStage(next));
    }

    /// <summary>Answers or refuses <paramref name="call"/>; the refusal is in <see cref="GatewayCall.Problem"/>.</summary>
    /// <param name="cancel">Cancelled when the client leaves.</param>
    public ValueTask RunAsync(GatewayCall call, CancellationToken cancel) => _first.HandleAsync(call, cancel);

    private static ICallHandler Compose(ICallHandler last, params ReadOnlySpan<Func<ICallHandler, ICallHandler>> stages)
    {
        var handler = last;
        for (var i = stages.Length - 1; i >= 0; i--) handler = stages[i](handler);
        return handler;
    }
}
