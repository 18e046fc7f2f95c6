using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Switchyard.TestKit.Providers;

/// <summary>Embeddings that are the same for the same text: unit vectors from its hash.</summary>
internal static class MockEmbeddings
{
    public static object Answer(JsonElement request, string model, BilledCall call)
    {
        var input = request.GetProperty("input");
        string[] texts = input.ValueKind == JsonValueKind.Array ? [.. input.EnumerateArray().Select(i => i.ToString())] : [input.ToString()];
        var dimensions = request.TryGetProperty("dimensions", out var d) ? d.GetInt32() : 8;
        var base64 = request.TryGetProperty("encoding_format", out var format) && format.GetString() == "base64";
        call.Usage = new MockUsage(texts.Length * 3, 0);
        return new
        {
            @object = "list",
            data = texts.Select((text, index) => new { @object = "embedding", index, embedding = Write(VectorOf(text, dimensions), base64) }),
            model,
            usage = new { prompt_tokens = call.Usage.Input, total_tokens = call.Usage.Input },
        };
    }

    private static object Write(float[] vector, bool base64) =>
        base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan())) : vector;

    private static float[] VectorOf(string text, int dimensions)
    {
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
            vector[i] = SHA256.HashData(Encoding.UTF8.GetBytes($"{i}:{text}"))[0] - 127.5f;
        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        for (var i = 0; i < dimensions; i++) vector[i] /= norm;
        return vector;
    }
}
