using System.IO.Compression;
using Switchyard.Gateway.Wire;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream;

/// <summary>Undoes a content encoding that we did not ask for but some servers apply all the same.</summary>
internal sealed class DecodedReply : UpstreamReply
{
    private readonly UpstreamReply _inner;
    private readonly Stream _body;

    public DecodedReply(UpstreamReply inner, string encoding)
    {
        _inner = inner;
        _body = new ReplyStream(inner);
        foreach (var name in encoding.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse()) _body = Wrap(_body, name);
    }

    public override int Status => _inner.Status;

    public override long? ContentLength => null;

    public override string? Header(string name) => _inner.Header(name);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            return await _body.ReadAsync(buffer, cancel);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw UpstreamFailures.From(e, cancel);
        }
    }

    protected override void Close()
    {
        _body.Dispose();
        _inner.Dispose();
    }

    private static Stream Wrap(Stream body, string encoding) => encoding.ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "identity" => body,
        _ => throw new UpstreamException(FailureClass.Malformed, new Phrase("upstream.encoding", ("encoding", HeaderValues.Encode(encoding)))),
    };
}

/// <summary>A reply's body as a stream, for decoders.</summary>
internal sealed class ReplyStream(UpstreamReply reply) : ForwardStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reply.ReadAsync(buffer, cancellationToken);
}
