namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>
/// Habits of Anthropic's models, told by name, as their API documents them. Other vendors' models behind this dialect
/// keep the habits of the older ones, which those vendors copied.
/// </summary>
internal static class AnthropicModels
{
    private static readonly string[] Budgeted =
        ["claude-3", "claude-2", "opus-4-0", "opus-4-1", "opus-4-5", "opus-4-2025", "sonnet-4-0", "sonnet-4-5", "sonnet-4-2025", "haiku-4-5"];

    /// <summary>Older models think within a token budget; newer ones adapt to an effort word and refuse budgets.</summary>
    public static bool ThinksByBudget(string model) => !Is(model, "claude") || Budgeted.Any(family => Is(model, family));

    /// <summary>From Opus 4.7 on the API refuses <c>temperature</c>, <c>top_p</c> and <c>top_k</c>.</summary>
    public static bool Samples(string model) => ThinksByBudget(model) || Is(model, "-4-6");

    /// <summary>The fourth generation takes <c>temperature</c> or <c>top_p</c>, not both.</summary>
    public static bool TakesOneSampler(string model) => Is(model, "claude") && Is(model, "-4-");

    private static bool Is(string model, string family) => model.Contains(family, StringComparison.OrdinalIgnoreCase);
}
