using System.Buffers;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Bytes in pieces, as a network delivers them.</summary>
internal static class Chunks
{
    /// <summary>Cuts <paramref name="bytes"/> at random places; some pieces are single bytes.</summary>
    public static List<byte[]> Cut(byte[] bytes, int seed)
    {
        var random = new Random(seed);
        var pieces = new List<byte[]>();
        for (var position = 0; position < bytes.Length;)
        {
            var size = Math.Min(bytes.Length - position, random.Next(4) == 0 ? 1 : random.Next(1, 40));
            pieces.Add(bytes[position..(position + size)]);
            position += size;
        }

        return pieces;
    }

    /// <summary>Several pieces as one sequence, without joining them.</summary>
    public static ReadOnlySequence<byte> Sequence(IReadOnlyList<byte[]> pieces)
    {
        if (pieces.Count == 0) return default;
        var first = new Segment(pieces[0], null);
        var last = first;
        foreach (var piece in pieces.Skip(1)) last = new Segment(piece, last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            if (before is null) return;
            before.Next = this;
            RunningIndex = before.RunningIndex + before.Memory.Length;
        }
    }
}
