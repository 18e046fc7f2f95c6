using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace Switchyard.Platform.Observability.Metrics;

/// <summary>
/// Listens to the process's meters and keeps their current values for <c>/metrics</c>, in the Prometheus text
/// format 0.0.4. Series per instrument are capped, so that no label value from outside can fill the memory.
/// Thread-safe.
/// </summary>
public sealed class MetricCollector : IHostedService, IDisposable
{
    /// <summary>Most label sets kept for one instrument; further ones are dropped.</summary>
    public const int MaxSeries = 1_000;

    private static readonly string[] Meters = ["Switchyard", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql"];
    private static readonly double[] DefaultBounds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly MeterListener _listener = new();

    public MetricCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Any(m => instrument.Meter.Name.StartsWith(m, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, i => new Metric(i)));
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((Metric)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((Metric)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((Metric)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => ((Metric)state!).Record((double)value, tags));
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Everything known now, as exposition text.</summary>
    public string Render()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder(16_384);
        foreach (var metric in _metrics.Values.OrderBy(m => m.Name, StringComparer.Ordinal)) metric.Write(text);
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private sealed class Metric
    {
        private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
        private readonly RecentSeries _recent = new();
        private readonly Func<string, MetricSeries> _create;
        private readonly string _type;
        private readonly string _help;

        public Metric(Instrument instrument)
        {
            var kind = instrument.GetType().Name;
            var histogram = kind.StartsWith("Histogram", StringComparison.Ordinal);
            var counter = kind.Contains("Counter", StringComparison.Ordinal) && !kind.Contains("UpDown", StringComparison.Ordinal);
            var adds = !kind.StartsWith("Observable", StringComparison.Ordinal) && !kind.StartsWith("Gauge", StringComparison.Ordinal);
            _type = histogram ? "histogram" : counter ? "counter" : "gauge";
            _help = (instrument.Description ?? "").ReplaceLineEndings(" ");
            Name = MetricText.Name(instrument.Name, instrument.Unit, counter);
            var bounds = histogram ? Bounds(instrument) : [];
            _create = labels => histogram ? new HistogramSeries(labels, bounds) : new NumberSeries(labels, adds);
        }

        public string Name { get; }

        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (_recent.Find(tags) is not { } series)
            {
                var labels = MetricText.Labels(tags);
                if (!_series.TryGetValue(labels, out series))
                {
                    if (_series.Count >= MaxSeries) return;
                    series = _series.GetOrAdd(labels, _create);
                }

                _recent.Add(tags, series);
            }

            series.Record(value);
        }

        public void Write(StringBuilder text)
        {
            if (_series.IsEmpty) return;
            if (_help.Length > 0) text.Append("# HELP ").Append(Name).Append(' ').Append(_help).Append('\n');
            text.Append("# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
            foreach (var series in _series.OrderBy(s => s.Key, StringComparer.Ordinal)) series.Value.Write(text, Name);
        }

        private static double[] Bounds(Instrument instrument) =>
            (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { Count: > 0 } own ? [.. own] : DefaultBounds;
    }
}
