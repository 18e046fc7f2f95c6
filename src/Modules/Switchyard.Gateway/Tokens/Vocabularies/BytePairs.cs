using System.Buffers;

namespace Switchyard.Gateway.Tokens.Vocabularies;

/// <summary>
/// Merges the bytes of a piece of text into tokens: always the two neighbours whose union has the lowest rank, the
/// leftmost of equals, until no union is a token. After Sennrich et al., "Neural Machine Translation of Rare Words with
/// Subword Units" (2016), as tiktoken does it.
/// </summary>
internal static class BytePairs
{
    // Up to here scanning all pairs costs less than keeping a heap of them.
    private const int Short = 96;

    /// <summary>How many tokens the bytes of one piece make.</summary>
    public static int Count(Vocabulary vocabulary, ReadOnlySpan<byte> piece)
    {
        if (piece.Length <= 1) return piece.Length;
        if (vocabulary.Rank(piece) != int.MaxValue) return 1;
        return piece.Length <= Short ? CountShort(vocabulary, piece) : CountLong(vocabulary, piece);
    }

    private static int CountShort(Vocabulary vocabulary, ReadOnlySpan<byte> piece)
    {
        Span<int> starts = stackalloc int[Short + 1];
        Span<int> ranks = stackalloc int[Short + 1];
        var parts = piece.Length;
        for (var i = 0; i <= parts; i++) starts[i] = i;
        for (var i = 0; i < parts - 1; i++) ranks[i] = vocabulary.Rank(piece.Slice(i, 2));
        while (parts > 1)
        {
            var best = 0;
            for (var i = 1; i < parts - 1; i++)
                if (ranks[i] < ranks[best]) best = i;
            if (ranks[best] == int.MaxValue) break;
            starts[(best + 2)..(parts + 1)].CopyTo(starts[(best + 1)..]);
            if (best + 2 < parts) ranks[(best + 2)..(parts - 1)].CopyTo(ranks[(best + 1)..]);
            parts--;
            if (best < parts - 1) ranks[best] = vocabulary.Rank(piece[starts[best]..starts[best + 2]]);
            if (best > 0) ranks[best - 1] = vocabulary.Rank(piece[starts[best - 1]..starts[best + 1]]);
        }

        return parts;
    }

    // A linked list of parts and a heap of pairs: n log n, so that one endless word costs no more than its share.
    private static int CountLong(Vocabulary vocabulary, ReadOnlySpan<byte> piece)
    {
        var n = piece.Length;
        var links = ArrayPool<int>.Shared.Rent(2 * (n + 1));
        var next = links.AsSpan(0, n + 1);
        var previous = links.AsSpan(n + 1, n + 1);
        for (var i = 0; i <= n; i++) (next[i], previous[i]) = (i + 1, i - 1);
        var pairs = new PriorityQueue<(int Left, int End), (int Rank, int Left)>(n);
        for (var i = 0; i + 1 < n; i++) Offer(i, i + 2, piece);
        var parts = n;
        while (pairs.TryDequeue(out var pair, out _))
        {
            var (left, end) = pair;
            // Stale when one of the two was merged into another part since.
            if (next[left] < 0 || next[left] >= n || next[next[left]] != end) continue;
            var right = next[left];
            next[left] = end;
            next[right] = -1;
            if (end < n) previous[end] = left;
            parts--;
            if (end < n) Offer(left, next[end], piece);
            if (previous[left] >= 0) Offer(previous[left], end, piece);
        }

        ArrayPool<int>.Shared.Return(links);
        return parts;

        void Offer(int left, int end, ReadOnlySpan<byte> text)
        {
            var rank = vocabulary.Rank(text[left..end]);
            if (rank != int.MaxValue) pairs.Enqueue((left, end), (rank, left));
        }
    }
}
