using System.Buffers;
using System.Text;
using Switchyard.Gateway.Wire.Sse;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Feeds parsers piece by piece, as a pipe reader would.</summary>
internal static class Streams
{
    /// <summary>Events of a stream that arrives in the given pieces, and all raw bytes that went through.</summary>
    public static (List<(string Name, string Data)> Events, byte[] Raw) Sse(IEnumerable<byte[]> pieces, int maxEventBytes = SseParser.DefaultMaxEventBytes)
    {
        var parser = new SseParser(maxEventBytes);
        var held = new List<byte[]>();
        var raw = new MemoryStream();
        var events = new List<(string, string)>();
        void Take(SseEvent block)
        {
            foreach (var memory in block.Raw) raw.Write(memory.Span);
            if (block.HasData) events.Add((Encoding.UTF8.GetString(block.Name.Span), Encoding.UTF8.GetString(block.Data.Span)));
        }

        foreach (var piece in pieces)
        {
            held.Add(piece);
            var buffer = Chunks.Sequence(held);
            while (parser.TryRead(ref buffer, out var block)) Take(block);
            held = [.. Segments(buffer)];
        }

        var rest = Chunks.Sequence(held);
        if (parser.TryReadRest(ref rest, out var last)) Take(last);
        return (events, raw.ToArray());
    }

    /// <summary>Lines of a stream that arrives in the given pieces.</summary>
    public static List<string> Ndjson(IEnumerable<byte[]> pieces)
    {
        var parser = new NdjsonParser();
        var held = new List<byte[]>();
        var lines = new List<string>();
        foreach (var piece in pieces)
        {
            held.Add(piece);
            var buffer = Chunks.Sequence(held);
            while (parser.TryRead(ref buffer, out var line)) lines.Add(Encoding.UTF8.GetString(line.Span));
            held = [.. Segments(buffer)];
        }

        var rest = Chunks.Sequence(held);
        if (parser.TryReadRest(ref rest, out var last)) lines.Add(Encoding.UTF8.GetString(last.Span));
        return lines;
    }

    private static IEnumerable<byte[]> Segments(ReadOnlySequence<byte> sequence)
    {
        foreach (var memory in sequence)
            if (!memory.IsEmpty) yield return memory.ToArray();
    }
}
