using System.Globalization;

namespace Switchyard.Gateway.Providers.Simulation;

/// <summary>How the fault of a script shows.</summary>
public enum SimulatorFault
{
    None,

    /// <summary>An HTTP error status.</summary>
    Status,

    /// <summary>Nothing is ever answered.</summary>
    Silent,

    /// <summary>The stream stops moving halfway.</summary>
    Stall,

    /// <summary>The connection breaks halfway.</summary>
    Cut,

    /// <summary>An error event inside a stream that began well.</summary>
    ErrorEvent,
}

/// <summary>What a simulated model does; written into its name, <c>sim-{part}-{part}…</c>.</summary>
/// <param name="FirstToken">Wait before the first token.</param>
/// <param name="BetweenTokens">Wait between streamed tokens.</param>
/// <param name="Status">Status of <see cref="SimulatorFault.Status"/>.</param>
/// <param name="Words">Length of the answer; null to echo the question.</param>
public sealed record SimulatorScript(TimeSpan FirstToken, TimeSpan BetweenTokens, SimulatorFault Fault, int Status, int? Words, bool CallsTool)
{
    /// <summary>The models offered in forms and in the demo.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["sim-echo", "sim-fast", "sim-balanced", "sim-powerful", "sim-slow", "sim-tool", "sim-embedding", "sim-status-429", "sim-status-500", "sim-cut", "sim-stall"];

    /// <summary>Reads a model name; words that mean nothing are ignored, so that any name answers.</summary>
    /// <remarks>
    /// <c>first-N</c> and <c>gap-N</c> are milliseconds, <c>words-N</c> the length, <c>status-N</c> an error status;
    /// <c>silent</c>, <c>stall</c>, <c>cut</c>, <c>error</c> are faults; <c>tool</c> calls the first tool offered.
    /// </remarks>
    public static SimulatorScript Of(string model)
    {
        var script = new SimulatorScript(TimeSpan.Zero, TimeSpan.Zero, SimulatorFault.None, 200, null, false);
        var parts = model.Split('-');
        for (var i = 0; i < parts.Length; i++)
        {
            var number = i + 1 < parts.Length && int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? Math.Min(n, 600_000) : (int?)null;
            script = parts[i] switch
            {
                "fast" => script with { FirstToken = Ms(40), BetweenTokens = Ms(4), Words = 40 },
                "balanced" => script with { FirstToken = Ms(120), BetweenTokens = Ms(10), Words = 120 },
                "powerful" => script with { FirstToken = Ms(400), BetweenTokens = Ms(20), Words = 240 },
                "slow" => script with { FirstToken = Ms(2_000), BetweenTokens = Ms(100) },
                "first" when number is { } ms => script with { FirstToken = Ms(ms) },
                "gap" when number is { } ms => script with { BetweenTokens = Ms(ms) },
                "words" when number is { } words => script with { Words = Math.Clamp(words, 1, 100_000) },
                "status" when number is >= 400 and <= 599 => script with { Fault = SimulatorFault.Status, Status = number.Value },
                "silent" => script with { Fault = SimulatorFault.Silent },
                "stall" => script with { Fault = SimulatorFault.Stall },
                "cut" => script with { Fault = SimulatorFault.Cut },
                "error" => script with { Fault = SimulatorFault.ErrorEvent },
                "tool" => script with { CallsTool = true },
                _ => script,
            };
        }

        return script;
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
