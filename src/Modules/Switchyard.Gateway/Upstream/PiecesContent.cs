using System.Net;
using System.Net.Http.Headers;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Upstream;

/// <summary>A patched body as HTTP content; the pieces are written one after another, never joined.</summary>
internal sealed class PiecesContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly PatchedBody _body;

    public PiecesContent(PatchedBody body)
    {
        _body = body;
        Headers.ContentType = Json;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _body.WriteToAsync(stream, CancellationToken.None).AsTask();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _body.WriteToAsync(stream, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
