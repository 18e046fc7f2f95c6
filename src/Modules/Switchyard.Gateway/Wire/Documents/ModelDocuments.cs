using System.Text.Json.Serialization;

namespace Switchyard.Gateway.Wire.Documents;

/// <summary>Models as OpenAI clients list them; with an <c>anthropic-version</c> header the answer has Anthropic's shape.</summary>
public sealed record ModelListDocument(
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("data")] IReadOnlyList<ModelDocument> Data);

/// <summary>One model that the caller may ask for.</summary>
/// <param name="Id">Bare name or <c>provider/model</c>.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="OwnedBy">Provider that serves it.</param>
public sealed record ModelDocument(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("owned_by")] string OwnedBy);
