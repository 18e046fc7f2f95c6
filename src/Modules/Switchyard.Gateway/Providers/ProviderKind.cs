using System.Text.Json;
using Switchyard.Gateway.Wire;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Providers;

/// <summary>
/// The behaviour of one kind of provider. One file per kind in <c>Kinds/</c>, a short class on a protocol base
/// (<c>Protocols/</c>); <see cref="ProviderCatalog"/> finds every concrete class. Stateless and thread-safe.
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

    /// <summary>The vendor's own base addresses (for example by region), default first; empty where only the operator knows it.</summary>
    public virtual IReadOnlyList<string> KnownEndpoints => [];

    /// <summary>Endpoint suggested in the form; null where only the operator knows it.</summary>
    public string? DefaultEndpoint => KnownEndpoints.Count > 0 ? KnownEndpoints[0] : null;

    /// <summary>Whether a key must be given.</summary>
    public virtual bool NeedsKey => true;

    /// <summary>Environment variable from which the first start takes a key; null for none.</summary>
    public virtual string? KeyVariable => null;

    /// <summary>Environment variable from which the first start takes an endpoint in place of the vendor's own; null for none.</summary>
    public virtual string? EndpointVariable => null;

    /// <summary>Environment variable that lists models, separated by commas; null for none.</summary>
    public virtual string? ModelsVariable => null;

    /// <summary>Of several kinds found at the first start, the lowest becomes active.</summary>
    public virtual int DetectionOrder => 100;

    /// <summary>What it can do.</summary>
    public abstract ProviderCapabilities Capabilities { get; }

    /// <summary>Kind-specific settings that its form asks for.</summary>
    public virtual IReadOnlyList<ProviderOption> Options => [];

    /// <summary>Models known to exist, offered before the provider itself was asked; the first one is the default.</summary>
    public virtual IReadOnlyList<string> SuggestedModels => [];

    /// <summary>Client request headers that reach the vendor, lower-case, for example <c>anthropic-beta</c>.</summary>
    public virtual IReadOnlyList<string> ForwardedHeaders => [];

    /// <summary>Builds a chat call to <paramref name="model"/>; <paramref name="body"/> is complete and in <see cref="Dialect"/>.</summary>
    /// <exception cref="UnsafeModelNameException">The name could leave the provider's path.</exception>
    public abstract HttpRequestMessage Chat(Provider provider, string model, HttpContent body);

    /// <summary>Builds an embeddings call (OpenAI shape); null where the kind has none.</summary>
    /// <exception cref="UnsafeModelNameException">The name could leave the provider's path.</exception>
    public abstract HttpRequestMessage? Embeddings(Provider provider, string model, HttpContent body);

    /// <summary>Builds the call that lists models; also serves as health probe.</summary>
    public abstract HttpRequestMessage ListModels(Provider provider);

    /// <summary>Reads the answer to <see cref="ListModels"/>; throws <see cref="JsonException"/> when it is none.</summary>
    public abstract IReadOnlyList<string> ReadModels(ReadOnlyMemory<byte> body);

    /// <summary>The smallest chat request (one output token where the model allows it), for connection tests.</summary>
    public abstract byte[] ShortestCall(Provider provider, string model, bool stream);

    /// <summary>The one name under which this model takes a cap on output tokens; null where it takes the client's, whichever it is.</summary>
    public virtual string? OutputCapField(Provider provider, string model) => null;

    /// <summary>Adjusts a request body field by field for this vendor's habits; null changes nothing and keeps the bytes.</summary>
    public virtual IReadOnlyDictionary<string, JsonElement>? FieldsToSet(string model, bool stream) => null;

    /// <summary>Rules of this kind beyond those of its <see cref="Options"/>.</summary>
    public virtual IEnumerable<Problem> Check(Uri endpoint, IReadOnlyDictionary<string, string> options) => [];

    /// <summary>Answers in process instead of over the network (the simulator); null for all real kinds.</summary>
    public virtual HttpMessageInvoker? InProcess => null;
}
