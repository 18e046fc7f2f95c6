using Switchyard.Gateway.Providers.Protocols;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>Anthropic itself.</summary>
public sealed class AnthropicKind : AnthropicMessages
{
    /// <inheritdoc/>
    public override string Id => "anthropic";

    /// <inheritdoc/>
    public override string DisplayName => "Anthropic";

    /// <inheritdoc/>
    public override IReadOnlyList<string> KnownEndpoints => ["https://api.anthropic.com"];

    /// <inheritdoc/>
    public override string KeyVariable => "ANTHROPIC_API_KEY";

    /// <inheritdoc/>
    public override string EndpointVariable => "ANTHROPIC_BASE_URL";

    /// <inheritdoc/>
    public override int DetectionOrder => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> SuggestedModels => ["claude-sonnet-4-6", "claude-haiku-4-5", "claude-opus-4-8"];
}
