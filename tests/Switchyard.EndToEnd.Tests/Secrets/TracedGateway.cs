using Switchyard.EndToEnd.Tests.Running;
using Switchyard.TestKit.Providers;

namespace Switchyard.EndToEnd.Tests.Secrets;

/// <summary>An installation that sends its traces and metrics to a collector, which keeps what it gets.</summary>
public sealed class TracedGateway : RunningGateway
{
    private MockProviders? _collector;

    /// <summary>Everything that was exported so far, as text: protobuf writes strings plainly.</summary>
    public string Exported => string.Join('\n', _collector!.Bill.Calls.Select(call => call.Text));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_collector is not null) await _collector.DisposeAsync();
    }

    public override async ValueTask InitializeAsync()
    {
        _collector = await MockProviders.StartAsync();
        await base.InitializeAsync();
    }

    protected override IReadOnlyDictionary<string, string>? Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector!.Address.ToString().TrimEnd('/'),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };
}
