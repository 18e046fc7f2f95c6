using System.Globalization;
using System.Text;

namespace Switchyard.Platform.Observability.Metrics;

/// <summary>One time series: an instrument with one set of labels. Updates are lock-free or shortly locked.</summary>
internal abstract class MetricSeries(string labels)
{
    /// <summary>Rendered labels without braces, for example <c>provider="openai",stream="true"</c>.</summary>
    protected string Labels { get; } = labels;

    public abstract void Record(double value);

    public abstract void Write(StringBuilder text, string name);

    protected static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    protected void Line(StringBuilder text, string name, string extra, double value)
    {
        text.Append(name);
        if (Labels.Length > 0 || extra.Length > 0)
        {
            text.Append('{').Append(Labels);
            if (Labels.Length > 0 && extra.Length > 0) text.Append(',');
            text.Append(extra).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }
}

/// <summary>Adds up (counters) or keeps the last value (gauges).</summary>
internal sealed class NumberSeries(string labels, bool adds) : MetricSeries(labels)
{
    private double _value;

    public override void Record(double value)
    {
        if (!adds)
        {
            Volatile.Write(ref _value, value);
            return;
        }

        double seen;
        do seen = Volatile.Read(ref _value);
        while (Interlocked.CompareExchange(ref _value, seen + value, seen) != seen);
    }

    public override void Write(StringBuilder text, string name) => Line(text, name, "", Volatile.Read(ref _value));
}

/// <summary>Counts observations by upper bound, with sum and count.</summary>
internal sealed class HistogramSeries(string labels, double[] bounds) : MetricSeries(labels)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private readonly Lock _lock = new();
    private double _sum;

    public override void Record(double value)
    {
        var at = Array.BinarySearch(bounds, value);
        if (at < 0) at = ~at;
        lock (_lock)
        {
            _counts[at]++;
            _sum += value;
        }
    }

    public override void Write(StringBuilder text, string name)
    {
        long[] counts;
        double sum;
        lock (_lock) (counts, sum) = ([.. _counts], _sum);
        long total = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            Line(text, name + "_bucket", $"le=\"{(i < bounds.Length ? Number(bounds[i]) : "+Inf")}\"", total);
        }

        Line(text, name + "_sum", "", sum);
        Line(text, name + "_count", "", total);
    }
}
