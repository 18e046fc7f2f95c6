using System.Diagnostics.Metrics;
using Switchyard.Platform.Observability.Metrics;

namespace Switchyard.Platform.Tests.Observability;

public sealed class MetricTests : IAsyncLifetime
{
    private readonly Meter _meter = new("Switchyard.Tests");
    private readonly MetricCollector _collector = new();

    public async ValueTask InitializeAsync() => await _collector.StartAsync(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        _collector.Dispose();
        _meter.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_counter_adds_up_per_label_set()
    {
        var calls = _meter.CreateCounter<long>("switchyard.test.calls", description: "Calls.");
        calls.Add(2, new KeyValuePair<string, object?>("provider", "a"));
        calls.Add(3, new KeyValuePair<string, object?>("provider", "a"));
        calls.Add(1, new KeyValuePair<string, object?>("provider", "b"));

        var text = _collector.Render();

        text.ShouldContain("# TYPE switchyard_test_calls_total counter\n");
        text.ShouldContain("switchyard_test_calls_total{provider=\"a\"} 5\n");
        text.ShouldContain("switchyard_test_calls_total{provider=\"b\"} 1\n");
    }

    [Fact]
    public void A_histogram_counts_into_cumulative_buckets()
    {
        var took = _meter.CreateHistogram(
            "switchyard.test.duration", unit: "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var seconds in (double[])[0.05, 0.1, 0.5, 3]) took.Record(seconds);

        var text = _collector.Render();

        text.ShouldContain("switchyard_test_duration_seconds_bucket{le=\"0.1\"} 2\n");
        text.ShouldContain("switchyard_test_duration_seconds_bucket{le=\"1\"} 3\n");
        text.ShouldContain("switchyard_test_duration_seconds_bucket{le=\"+Inf\"} 4\n");
        text.ShouldContain("switchyard_test_duration_seconds_count 4\n");
    }

    [Fact]
    public void A_gauge_shows_its_last_value()
    {
        var depth = 7;
        _meter.CreateObservableGauge("switchyard.test.depth", () => depth);

        _collector.Render().ShouldContain("switchyard_test_depth 7\n");
        depth = 3;
        _collector.Render().ShouldContain("switchyard_test_depth 3\n");
    }

    [Fact]
    public void A_label_value_is_escaped_and_redacted()
    {
        _meter.CreateCounter<int>("switchyard.test.odd").Add(1, new KeyValuePair<string, object?>("model", "a\"b\nc\\d sk-Abcdefghij0123456789"));

        _collector.Render().ShouldContain("switchyard_test_odd_total{model=\"a\\\"b\\nc\\\\d ***\"} 1\n");
    }

    [Fact]
    public void Label_values_from_outside_cannot_fill_the_memory()
    {
        var counter = _meter.CreateCounter<int>("switchyard.test.many");
        for (var i = 0; i < MetricCollector.MaxSeries + 500; i++) counter.Add(1, new KeyValuePair<string, object?>("id", i));

        _collector.Render().Split('\n').Count(l => l.StartsWith("switchyard_test_many_total{", StringComparison.Ordinal)).ShouldBe(MetricCollector.MaxSeries);
    }
}
