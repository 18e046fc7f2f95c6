using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Providers;

/// <summary>
/// The behaviour of one kind of provider. One file per kind, a short class on a protocol base
/// (<c>Protocols/</c>); the catalogue finds every concrete class in this assembly. Stateless and thread-safe.
/// </summary>
public abstract class ProviderKind
{
    /// <summary>Stable id, for example <c>azure-openai</c>.</summary>
    public abstract string Id { get; }

    /// <summary>Vendor name for people; not translated.</summary>
    public abstract string DisplayName { get; }

    /// <summary>Language it speaks for chat.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>Mode of new providers of this kind.</summary>
    public virtual DeploymentMode DefaultMode => DeploymentMode.Cloud;

    /// <summary>Endpoint suggested in the form; null where only the operator knows it.</summary>
    public virtual string? DefaultEndpoint => null;

    /// <summary>Whether a key must be given.</summary>
    public virtual bool NeedsKey => true;

    /// <summary>Environment variable from which the first start takes a key; null for none.</summary>
    public virtual string? KeyVariable => null;

    /// <summary>What it can do.</summary>
    public abstract ProviderCapabilities Capabilities { get; }

    /// <summary>Kind-specific settings that its form asks for.</summary>
    public virtual IReadOnlyList<ProviderOption> Options => [];

    /// <summary>Models known to exist, offered before the provider itself was asked.</summary>
    public virtual IReadOnlyList<string> SuggestedModels => [];

    /// <summary>Builds a chat call to <paramref name="model"/>; <paramref name="body"/> is complete and in <see cref="Dialect"/>.</summary>
    public abstract HttpRequestMessage Chat(Provider provider, string model, HttpContent body);

    /// <summary>Builds an embeddings call (OpenAI shape); null where the kind has none.</summary>
    public abstract HttpRequestMessage? Embeddings(Provider provider, string model, HttpContent body);

    /// <summary>Builds the call that lists models; also serves as health probe.</summary>
    public abstract HttpRequestMessage ListModels(Provider provider);

    /// <summary>Reads the answer to <see cref="ListModels"/>.</summary>
    public abstract IReadOnlyList<string> ReadModels(ReadOnlyMemory<byte> body);

    /// <summary>Adjusts a request body field by field for this vendor's habits; null changes nothing and keeps the bytes.</summary>
    public virtual IReadOnlyDictionary<string, System.Text.Json.JsonElement>? FieldsToSet(string model, bool stream) => null;

    /// <summary>Answers in process instead of over the network (the simulator); null for all real kinds.</summary>
    public virtual HttpMessageInvoker? InProcess => null;
}

/// <summary>What a kind of provider can do.</summary>
public sealed record ProviderCapabilities(bool Chat, bool Streaming, bool Tools, bool Vision, bool JsonSchema, bool Embeddings, bool ListModels);

/// <summary>One kind-specific setting of a provider's form.</summary>
/// <param name="Name">Key, for example <c>api-version</c>.</param>
/// <param name="Pattern">Regular expression (non-backtracking) that a value must match; null for any.</param>
/// <param name="Choices">Allowed values; empty for free text.</param>
public sealed record ProviderOption(string Name, bool Required, string? Default, string? Pattern, IReadOnlyList<string> Choices);
