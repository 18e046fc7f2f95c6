using System.Buffers;
using Microsoft.Extensions.AI;
using Switchyard.Contracts.Models;
using Switchyard.Gateway.Routing;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire.OpenAi;

namespace Switchyard.Gateway.InProcess;

/// <summary>Embeddings for callers in this process, through the same pipeline as over HTTP. Thread-safe.</summary>
/// <exception cref="ModelCallException">The call was refused, or no provider answered.</exception>
public sealed class GatewayEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly EmbeddingGeneratorMetadata Metadata = new("switchyard");

    private readonly InProcessCalls _calls;

    internal GatewayEmbeddingGenerator(InProcessCalls calls) => _calls = calls;

    /// <inheritdoc/>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var texts = values.ToList();
        if (texts.Count == 0) return [];
        var properties = options?.AdditionalProperties;
        var body = new ArrayBufferWriter<byte>(1024);
        OpenAiEmbeddings.WriteRequest(options?.ModelId ?? ModelRouter.Default, texts, options?.Dimensions, InProcessCalls.Labels(properties).User, body);
        var reply = new MemoryReply(bounded: false);
        var call = _calls.Create(body.WrittenMemory, UpstreamOperation.Embeddings, properties, reply);
        await _calls.RunAsync(call, reply, cancellationToken);
        _calls.ThrowIfFailed(call, cancellationToken);
        var answer = OpenAiEmbeddings.ReadResponse(await reply.ReadAllAsync(cancellationToken), texts.Count);
        return new GeneratedEmbeddings<Embedding<float>>(answer.Vectors.Select(vector => new Embedding<float>(vector) { ModelId = answer.Model, CreatedAt = call.At }))
        {
            Usage = answer.Usage is { } usage ? ChatAnswers.Usage(usage) : null,
            AdditionalProperties = InProcessCalls.Facts(call),
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        return serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held between calls.
    }
}
