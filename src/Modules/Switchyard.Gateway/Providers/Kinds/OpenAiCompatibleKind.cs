using Switchyard.Gateway.Providers.Protocols;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>Any other server that speaks OpenAI's language: vLLM, LM Studio, DeepSeek, Mistral, Gemini's compatible endpoint.</summary>
public sealed class OpenAiCompatibleKind : OpenAiCompatible
{
    /// <inheritdoc/>
    public override string Id => "openai-compatible";

    /// <inheritdoc/>
    public override string DisplayName => "OpenAI-compatible";

    /// <inheritdoc/>
    public override bool NeedsKey => false;

    /// <inheritdoc/>
    public override IReadOnlyList<ProviderOption> Options { get; } = [OutputCap.Setting];
}
