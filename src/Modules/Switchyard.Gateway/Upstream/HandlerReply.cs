using System.IO.Compression;

namespace Switchyard.Gateway.Upstream;

/// <summary>An answer that came through the framework's handler.</summary>
internal sealed class HandlerReply(HttpResponseMessage response, Stream body) : UpstreamReply
{
    public override int Status => (int)response.StatusCode;

    public override long? ContentLength => response.Content.Headers.ContentEncoding.Count > 0 ? null : response.Content.Headers.ContentLength;

    public static async Task<HandlerReply> OpenAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var body = await response.Content.ReadAsStreamAsync(cancel);
        foreach (var encoding in response.Content.Headers.ContentEncoding) body = BodyDecoder.Wrap(body, encoding);
        return new HandlerReply(response, body);
    }

    public override string? Header(string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAsync(buffer, cancel);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or HttpRequestException)
        {
            throw UpstreamFailures.From(e, cancel);
        }
    }

    protected override void Close()
    {
        body.Dispose();
        response.Dispose();
    }
}

/// <summary>Undoes a content encoding that we did not ask for but some servers apply all the same.</summary>
internal static class BodyDecoder
{
    public static Stream Wrap(Stream body, string encoding) => encoding.Trim().ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "identity" => body,
        _ => throw new UpstreamException(FailureClass.Malformed, $"The answer is encoded as '{HeaderValues.Encode(encoding)}', which nobody asked for."),
    };
}
