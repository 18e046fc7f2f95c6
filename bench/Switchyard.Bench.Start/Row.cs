namespace Switchyard.Bench.Start;

/// <summary>One line of the result.</summary>
internal sealed record Row(string What, double Median, double Max, double? Bar)
{
    public static Row Of(string what, IEnumerable<double> values, double? bar)
    {
        var sorted = values.Order().ToArray();
        return new Row(what, Math.Round(sorted[sorted.Length / 2], 1), Math.Round(sorted[^1], 1), bar);
    }
}
