using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Switchyard.Gateway.Tokens.Vocabularies;

/// <summary>
/// The tokens of a byte-pair encoding and their ranks: the lower the rank, the earlier two parts are merged into it.
/// Immutable and thread-safe; some four megabytes for 200,000 tokens.
/// </summary>
public sealed class Vocabulary
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly int[] _slots;

    private Vocabulary(byte[] bytes, int[] starts)
    {
        _bytes = bytes;
        _starts = starts;
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Count * 2)];
        for (var rank = 0; rank < Count; rank++)
        {
            var token = Token(rank);
            LongestToken = Math.Max(LongestToken, token.Length);
            var slot = Hash(token) & (uint)(_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (uint)(_slots.Length - 1);
            _slots[slot] = rank + 1;
        }
    }

    /// <summary>How many tokens there are, special ones aside.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Bytes of the longest token.</summary>
    public int LongestToken { get; }

    /// <summary>Reads what <c>pack.mjs</c> wrote.</summary>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static Vocabulary Read(Stream packed)
    {
        using var plain = new MemoryStream();
        using (var unpack = new BrotliStream(packed, CompressionMode.Decompress)) unpack.CopyTo(plain);
        var all = plain.GetBuffer().AsSpan(0, (int)plain.Length);
        List<int> starts = new(200_000) { 0 };
        var bytes = new byte[all.Length];
        var length = 0;
        for (var at = 0; at < all.Length; at += all[at] + 1)
        {
            if (at + 1 + all[at] > all.Length) throw new InvalidDataException("A token of the vocabulary is cut off.");
            all.Slice(at + 1, all[at]).CopyTo(bytes.AsSpan(length));
            starts.Add(length += all[at]);
        }

        Array.Resize(ref bytes, length);
        return new Vocabulary(bytes, [.. starts]);
    }

    /// <summary>The bytes of the token of a rank.</summary>
    public ReadOnlySpan<byte> Token(int rank) => _bytes.AsSpan(_starts[rank]..(_starts[rank + 1]));

    /// <summary>The rank of a token; <see cref="int.MaxValue"/> when there is no such token.</summary>
    public int Rank(ReadOnlySpan<byte> token)
    {
        if (token.Length > LongestToken) return int.MaxValue;
        var mask = (uint)(_slots.Length - 1);
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (var slot = Hash(token) & mask; ; slot = (slot + 1) & mask)
        {
            var rank = System.Runtime.CompilerServices.Unsafe.Add(ref slots, (nint)slot) - 1;
            if (rank < 0) return int.MaxValue;
            if (Token(rank).SequenceEqual(token)) return rank;
        }
    }

    // FNV-1a: tokens are a few bytes long. The vocabulary is fixed, so nobody can fill one slot on purpose beyond what
    // probing costs: a table twice as large as its tokens.
    private static uint Hash(ReadOnlySpan<byte> token)
    {
        var hash = Offset;
        foreach (var b in token) hash = (hash ^ b) * Prime;
        return hash ^ (hash >> 15);
    }
}
