using System.Text;

namespace Switchyard.Gateway.Providers.Simulation;

/// <summary>A unit vector of hashed character trigrams: similar texts are near each other, as in a real model.</summary>
internal static class SimulatorEmbedding
{
    public static float[] Of(string text, int size)
    {
        var vector = new float[size];
        var padded = $"  {text.ToLowerInvariant()}  ";
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i + 3 <= padded.Length; i++)
        {
            var length = Encoding.UTF8.GetBytes(padded.AsSpan(i, 3), bytes);
            vector[Fnv(bytes[..length]) % (uint)size] += 1;
        }

        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / norm)];
    }

    private static uint Fnv(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes) hash = (hash ^ b) * 16777619u;
        return hash;
    }
}
