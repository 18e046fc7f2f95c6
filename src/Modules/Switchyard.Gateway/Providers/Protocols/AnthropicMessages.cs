using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Providers.Protocols;

/// <summary>Kinds that speak Anthropic's Messages; the endpoint may be given with or without <c>/v1</c>.</summary>
public abstract class AnthropicMessages : ProviderKind
{
    // The one version of the protocol in use; newer features come as betas, forwarded from the client.
    private const string Version = "2023-06-01";

    /// <inheritdoc/>
    public override Dialect Dialect => Dialect.AnthropicMessages;

    /// <inheritdoc/>
    public override ProviderCapabilities Capabilities { get; } =
        new(Chat: true, Streaming: true, Tools: true, Vision: true, JsonSchema: true, Embeddings: false, ListModels: true);

    /// <inheritdoc/>
    public override IReadOnlyList<string> ForwardedHeaders { get; } = ["anthropic-beta"];

    /// <inheritdoc/>
    public override HttpRequestMessage Chat(Provider provider, string model, HttpContent body) =>
        Signed(provider, HttpMethod.Post, "v1/messages", body);

    /// <inheritdoc/>
    public override HttpRequestMessage? Embeddings(Provider provider, string model, HttpContent body) => null;

    /// <inheritdoc/>
    public override HttpRequestMessage ListModels(Provider provider) =>
        Signed(provider, HttpMethod.Get, "v1/models?limit=1000", null);

    /// <inheritdoc/>
    public override IReadOnlyList<string> ReadModels(ReadOnlyMemory<byte> body) => ModelList.Read(body, "data", "id");

    /// <inheritdoc/>
    public override byte[] ShortestCall(Provider provider, string model, bool stream) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hi" }),
        ["max_tokens"] = 1,
        ["stream"] = stream,
    });

    private static HttpRequestMessage Signed(Provider provider, HttpMethod method, string path, HttpContent? body)
    {
        var request = ProviderRequest.Create(method, ProviderRequest.Without(provider.Endpoint, "/v1"), path, body);
        if (provider.ApiKey is { } key) request.Headers.Add("x-api-key", key);
        request.Headers.Add("anthropic-version", Version);
        return request;
    }
}
