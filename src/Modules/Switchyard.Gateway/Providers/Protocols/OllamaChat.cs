using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Providers.Protocols;

/// <summary>Kinds that speak Ollama's own chat (newline-delimited JSON); embeddings go to its OpenAI-compatible door.</summary>
public abstract class OllamaChat : ProviderKind
{
    /// <inheritdoc/>
    public override Dialect Dialect => Dialect.OllamaChat;

    /// <inheritdoc/>
    public override ProviderCapabilities Capabilities { get; } =
        new(Chat: true, Streaming: true, Tools: true, Vision: true, JsonSchema: true, Embeddings: true, ListModels: true);

    /// <inheritdoc/>
    public override HttpRequestMessage Chat(Provider provider, string model, HttpContent body) =>
        Signed(provider, HttpMethod.Post, "api/chat", body);

    /// <inheritdoc/>
    public override HttpRequestMessage? Embeddings(Provider provider, string model, HttpContent body) =>
        Signed(provider, HttpMethod.Post, "v1/embeddings", body);

    /// <inheritdoc/>
    public override HttpRequestMessage ListModels(Provider provider) => Signed(provider, HttpMethod.Get, "api/tags", null);

    /// <inheritdoc/>
    public override IReadOnlyList<string> ReadModels(ReadOnlyMemory<byte> body) => ModelList.Read(body, "models", "name");

    /// <inheritdoc/>
    public override byte[] ShortestCall(Provider provider, string model, bool stream) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hi" }),
        ["options"] = new JsonObject { ["num_predict"] = 1 },
        ["stream"] = stream,
    });

    private static HttpRequestMessage Signed(Provider provider, HttpMethod method, string path, HttpContent? body)
    {
        var request = ProviderRequest.Create(method, ProviderRequest.Without(provider.Endpoint, "/v1"), path, body);
        // Ollama itself asks for no key; a proxy before it may.
        if (provider.ApiKey is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }
}
