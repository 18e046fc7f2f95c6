using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.OpenAi;

namespace Switchyard.Gateway.Providers.Protocols;

/// <summary>Kinds that speak OpenAI's chat completions below their endpoint, which includes the version path.</summary>
public abstract class OpenAiCompatible : ProviderKind
{
    // A reasoning model that cannot finish within its cap answers with an error, not with a part.
    private const int EnoughToReason = 1024;

    /// <inheritdoc/>
    public override Dialect Dialect => Dialect.OpenAiChat;

    /// <inheritdoc/>
    public override ProviderCapabilities Capabilities { get; } =
        new(Chat: true, Streaming: true, Tools: true, Vision: true, JsonSchema: true, Embeddings: true, ListModels: true);

    /// <inheritdoc/>
    public override HttpRequestMessage Chat(Provider provider, string model, HttpContent body) =>
        Signed(provider, HttpMethod.Post, ChatPath(provider, model), body);

    /// <inheritdoc/>
    public override HttpRequestMessage? Embeddings(Provider provider, string model, HttpContent body) =>
        Capabilities.Embeddings ? Signed(provider, HttpMethod.Post, EmbeddingsPath(provider, model), body) : null;

    /// <inheritdoc/>
    public override HttpRequestMessage ListModels(Provider provider) =>
        Signed(provider, HttpMethod.Get, ModelsPath(provider), null);

    /// <inheritdoc/>
    public override IReadOnlyList<string> ReadModels(ReadOnlyMemory<byte> body) => ModelList.Read(body, "data", "id");

    /// <inheritdoc/>
    public override byte[] ShortestCall(Provider provider, string model, bool stream)
    {
        var call = new JsonObject
        {
            ["model"] = model,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hi" }),
            [OutputCapField(provider, model) ?? OutputCap.Classic] = OpenAiModels.IsReasoning(model) ? EnoughToReason : 1,
            ["stream"] = stream,
        };
        if (stream) call["stream_options"] = new JsonObject { ["include_usage"] = true };
        foreach (var (name, value) in FieldsToSet(model, stream) ?? new Dictionary<string, JsonElement>()) call[name] = JsonNode.Parse(value.GetRawText());
        return JsonSerializer.SerializeToUtf8Bytes(call);
    }

    /// <summary>Path and query of chat below the endpoint.</summary>
    protected virtual string ChatPath(Provider provider, string model) => "chat/completions";

    /// <summary>Path and query of embeddings below the endpoint.</summary>
    protected virtual string EmbeddingsPath(Provider provider, string model) => "embeddings";

    /// <summary>Path and query of the model list below the endpoint.</summary>
    protected virtual string ModelsPath(Provider provider) => "models";

    /// <inheritdoc/>
    /// <remarks>OpenAI's reasoning models refuse <c>max_tokens</c>, on whatever server they are reached.</remarks>
    public override string? OutputCapField(Provider provider, string model) =>
        provider.Options.GetValueOrDefault(OutputCap.Option) ?? (OpenAiModels.IsReasoning(model) ? OutputCap.Reasoning : null);

    /// <summary>Adds the key and whatever else the vendor wants in headers.</summary>
    protected virtual void Sign(HttpRequestMessage request, Provider provider)
    {
        if (provider.ApiKey is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    private HttpRequestMessage Signed(Provider provider, HttpMethod method, string path, HttpContent? body)
    {
        var request = ProviderRequest.Create(method, provider.Endpoint, path, body);
        Sign(request, provider);
        return request;
    }
}
