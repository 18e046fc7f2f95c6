namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Habits of OpenAI's own reasoning models, told by name, as their API documents them.</summary>
internal static class OpenAiModels
{
    /// <summary>o-series and GPT-5 and later: <c>max_completion_tokens</c> instead of <c>max_tokens</c>, and an effort.</summary>
    public static bool IsReasoning(string model)
    {
        var name = model.AsSpan(model.LastIndexOf('/') + 1);
        if (name.Length >= 2 && name[0] == 'o' && char.IsAsciiDigit(name[1])) return true;
        return name.StartsWith("gpt-") && name.Length > 4 && name[4] is >= '5' and <= '9' && !name.Contains("chat", StringComparison.Ordinal);
    }
}
