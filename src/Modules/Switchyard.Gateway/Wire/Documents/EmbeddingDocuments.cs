using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Gateway.Wire.Documents;

/// <summary>An OpenAI embeddings request. Fields not named here reach the provider unchanged.</summary>
/// <param name="Model">Bare model name or <c>provider/model</c>.</param>
/// <param name="Input">One text, or a list of texts or token lists.</param>
/// <param name="EncodingFormat"><c>float</c> (default) or <c>base64</c>.</param>
/// <param name="Dimensions">Length of the vectors, where the model can choose.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EmbeddingRequest(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("input")] JsonElement Input,
    [property: JsonPropertyName("encoding_format")] string? EncodingFormat = null,
    [property: JsonPropertyName("dimensions")] int? Dimensions = null);

/// <summary>Vectors in the order of the input.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EmbeddingList(
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingItem> Data,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("usage")] EmbeddingUsage Usage);

/// <summary>One vector: numbers, or base64 of little-endian 32-bit floats.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EmbeddingItem(
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("embedding")] JsonElement Embedding);

/// <summary>Tokens used.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record EmbeddingUsage(
    [property: JsonPropertyName("prompt_tokens")] int PromptTokens,
    [property: JsonPropertyName("total_tokens")] int TotalTokens);
