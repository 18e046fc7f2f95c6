using System.Buffers;

namespace Switchyard.Gateway.Wire.Requests;

/// <summary>A body made of pieces of the client's bytes and a few new ones; nothing is copied until it is sent.</summary>
public sealed class PatchedBody
{
    internal PatchedBody(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        Pieces = pieces;
        foreach (var piece in pieces) Length += piece.Length;
    }

    /// <summary>The pieces in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces { get; }

    /// <summary>Bytes in all, for <c>Content-Length</c>.</summary>
    public long Length { get; }

    /// <summary>Sends the pieces.</summary>
    public async ValueTask WriteToAsync(Stream stream, CancellationToken cancel)
    {
        foreach (var piece in Pieces) await stream.WriteAsync(piece, cancel);
    }

    /// <summary>Copies the pieces.</summary>
    public void CopyTo(IBufferWriter<byte> output)
    {
        foreach (var piece in Pieces) output.Write(piece.Span);
    }

    /// <summary>The pieces as one array.</summary>
    public byte[] ToArray()
    {
        var all = new byte[Length];
        var position = 0;
        foreach (var piece in Pieces)
        {
            piece.Span.CopyTo(all.AsSpan(position));
            position += piece.Length;
        }

        return all;
    }
}
