using System.Text.Json;

namespace Switchyard.Bench.Events;

/// <summary>One line of the result.</summary>
internal sealed record Measure(string What, double PerSecond, double? P50, double? P99, double? Max, string Note);

/// <summary>How results are written.</summary>
internal static class BenchJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
