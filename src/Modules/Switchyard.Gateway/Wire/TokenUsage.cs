namespace Switchyard.Gateway.Wire;

/// <summary>
/// Tokens by class, each counted once: <see cref="Input"/> excludes cached reads and cache writes (as Anthropic
/// counts), <see cref="Output"/> includes <see cref="Reasoning"/> (as OpenAI counts). Readers of each dialect normalise to this.
/// </summary>
/// <param name="Input">Fresh input tokens.</param>
/// <param name="Output">All output tokens, reasoning included.</param>
/// <param name="CachedRead">Input tokens read from the vendor's cache.</param>
/// <param name="CacheWrite">Input tokens written to the vendor's cache.</param>
/// <param name="Reasoning">Part of <paramref name="Output"/> spent on reasoning.</param>
public readonly record struct TokenUsage(int Input, int Output, int CachedRead = 0, int CacheWrite = 0, int Reasoning = 0)
{
    public static TokenUsage operator +(TokenUsage one, TokenUsage other) => new(
        one.Input + other.Input, one.Output + other.Output, one.CachedRead + other.CachedRead, one.CacheWrite + other.CacheWrite, one.Reasoning + other.Reasoning);

    /// <summary>The tokens of both.</summary>
    public static TokenUsage Add(TokenUsage one, TokenUsage other) => one + other;
}
