namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Habits of Anthropic's models, told by name, as their API documents them.</summary>
internal static class AnthropicModels
{
    private static readonly string[] Budgeted =
        ["claude-3", "claude-2", "opus-4-0", "opus-4-1", "opus-4-5", "opus-4-2025", "sonnet-4-0", "sonnet-4-5", "sonnet-4-2025", "haiku-4-5"];

    /// <summary>Older models think within a token budget; newer ones adapt to an effort word and refuse budgets.</summary>
    public static bool ThinksByBudget(string model) => Budgeted.Any(family => model.Contains(family, StringComparison.OrdinalIgnoreCase));
}
