using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Switchyard.Gateway.Wire.Errors;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Embeddings as OpenAI and nearly everybody else carries them.</summary>
internal static class OpenAiEmbeddings
{
    public static void WriteRequest(string model, IReadOnlyList<string> texts, int? dimensions, string? user, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, WireWriter.Options);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteStartArray("input");
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
        json.WriteString("encoding_format", "float");
        if (dimensions is { } size) json.WriteNumber("dimensions", size);
        if (user is not null) json.WriteString("user", user);
        json.WriteEndObject();
    }

    /// <summary>Reads the vectors in the order of the texts, whatever order they came in.</summary>
    public static (string Model, IReadOnlyList<float[]> Vectors, TokenUsage? Usage) ReadResponse(ReadOnlyMemory<byte> body, int count) => WireJson.ReadLenient(body, root =>
    {
        var vectors = new float[]?[count];
        var next = 0;
        foreach (var item in root.Items("data"))
        {
            var index = item.Member("index") is { ValueKind: JsonValueKind.Number } given && given.TryGetInt32(out var number) ? number : next;
            if (index >= 0 && index < count && item.Member("embedding") is { } vector) vectors[index] = Vector(vector);
            next++;
        }

        var missing = Array.FindIndex(vectors, vector => vector is null);
        if (missing >= 0)
            throw UpstreamErrorReader.Find(root) is { } error ? new UpstreamErrorException(error) : new WireFormatException("invalid_answer", $"data[{missing}]", "The answer lacks a vector.");
        return (root.Text("model") ?? "", (IReadOnlyList<float[]>)vectors!, root.Member("usage") is { } usage ? OpenAiUsage.Read(usage, out _) : null);
    });

    private static float[] Vector(JsonElement vector)
    {
        if (vector.ValueKind == JsonValueKind.Array) return [.. vector.EnumerateArray().Select(Number)];
        if (vector.ValueKind == JsonValueKind.String && vector.TryGetBytesFromBase64(out var bytes)) return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        throw new WireFormatException("invalid_answer", "data[].embedding", "A vector is neither numbers nor base64.");
    }

    private static float Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) ? number : throw new WireFormatException("invalid_answer", "data[].embedding", "A vector holds something else than numbers.");
}
