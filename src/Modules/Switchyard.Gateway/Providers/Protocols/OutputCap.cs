namespace Switchyard.Gateway.Providers.Protocols;

/// <summary>The two names that OpenAI's language has for the cap on output tokens, and the setting that chooses one.</summary>
internal static class OutputCap
{
    /// <summary>The old name, which every server but OpenAI's own reasoning models takes.</summary>
    public const string Classic = "max_tokens";

    /// <summary>The new name, which counts reasoning too.</summary>
    public const string Reasoning = "max_completion_tokens";

    /// <summary>Name of the setting.</summary>
    public const string Option = "output-cap";

    /// <summary>The setting, for kinds whose models have any name or stand on any server.</summary>
    public static ProviderOption Setting { get; } = new(Option, Required: false, Default: null, Pattern: null, Choices: [Classic, Reasoning]);
}
