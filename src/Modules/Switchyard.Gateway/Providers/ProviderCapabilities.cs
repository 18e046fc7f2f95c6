namespace Switchyard.Gateway.Providers;

/// <summary>What a kind of provider can do; a single model may do less.</summary>
/// <param name="ListModels">False where the list does not name what can be called (Azure lists base models, not deployments).</param>
public sealed record ProviderCapabilities(bool Chat, bool Streaming, bool Tools, bool Vision, bool JsonSchema, bool Embeddings, bool ListModels);
