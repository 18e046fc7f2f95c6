using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>Reads a journal from a position on, in batches.</summary>
/// <param name="directory">Where the segments lie.</param>
public sealed class JournalReader(string directory)
{
    // A frame always fits, so that every read makes progress.
    private const int Chunk = 16 * JournalFrame.MaxPayload;

    /// <summary>
    /// Reads up to <paramref name="most"/> records from <paramref name="from"/>, never beyond <paramref name="upTo"/>;
    /// answers them and the place behind the last. Segments that are gone were drained before.
    /// </summary>
    public (IReadOnlyList<UsageRecord> Records, JournalPosition Next) Read(JournalPosition from, JournalPosition upTo, int most)
    {
        var records = new List<UsageRecord>();
        var next = from;
        foreach (var number in JournalSegment.In(directory))
        {
            if (number < from.Segment || number > upTo.Segment) continue;
            var start = number == from.Segment ? Math.Max(from.Offset, JournalSegment.Start) : JournalSegment.Start;
            var (at, ended) = ReadSegment(number, start, number == upTo.Segment ? upTo.Offset : int.MaxValue, most, records);
            next = ended && number < upTo.Segment ? new JournalPosition(number + 1, JournalSegment.Start) : new JournalPosition(number, at);
            if (!ended || records.Count >= most) break;
        }

        return (records, next);
    }

    /// <summary>Reads on in one segment; answers where it stopped, and whether nothing whole lies behind.</summary>
    private (int At, bool Ended) ReadSegment(long number, int start, int end, int most, List<UsageRecord> records)
    {
        using var file = File.OpenHandle(JournalSegment.PathOf(directory, number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var limit = (int)Math.Min(RandomAccess.GetLength(file), end);
        if (limit <= start || !IsSegment(file)) return (start, true);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(limit - start, Chunk));
        try
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, Math.Min(limit - start, Chunk)), start);
            var bytes = buffer.AsSpan(0, read);
            var at = 0;
            while (records.Count < most && JournalFrame.TryRead(bytes[at..], out var payload))
            {
                records.Add(RecordCodec.Read(payload));
                at += JournalFrame.Header + payload.Length;
            }

            if (records.Count >= most) return (start + at, false);
            // A frame that does not add up is the end, unless the chunk merely ran out in its middle.
            var ended = start + read >= limit || read - at >= JournalFrame.Header + JournalFrame.MaxPayload;
            return (start + at, ended);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsSegment(SafeFileHandle file)
    {
        Span<byte> head = stackalloc byte[JournalSegment.Start];
        return RandomAccess.Read(file, head, 0) == head.Length && JournalSegment.IsSegment(head);
    }
}
