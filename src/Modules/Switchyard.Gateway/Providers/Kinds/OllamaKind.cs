using Switchyard.Gateway.Providers.Protocols;

namespace Switchyard.Gateway.Providers.Kinds;

/// <summary>A local Ollama.</summary>
public sealed class OllamaKind : OllamaChat
{
    /// <inheritdoc/>
    public override string Id => "ollama";

    /// <inheritdoc/>
    public override string DisplayName => "Ollama";

    /// <inheritdoc/>
    public override DeploymentMode DefaultMode => DeploymentMode.Local;

    /// <inheritdoc/>
    public override IReadOnlyList<string> KnownEndpoints => ["http://127.0.0.1:11434"];

    /// <inheritdoc/>
    public override bool NeedsKey => false;

    /// <inheritdoc/>
    public override IReadOnlyList<string> SuggestedModels => ["llama3.2", "qwen3:8b", "gemma3:4b", "nomic-embed-text"];
}
