namespace Switchyard.Gateway.Upstream;

/// <summary>An answer that came through the framework's handler.</summary>
internal sealed class HandlerReply(HttpResponseMessage response, Stream body) : UpstreamReply
{
    public override int Status => (int)response.StatusCode;

    public override long? ContentLength => response.Content.Headers.ContentLength;

    /// <summary>Wraps an answer whose headers have arrived.</summary>
    public static async Task<UpstreamReply> OpenAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var reply = new HandlerReply(response, await response.Content.ReadAsStreamAsync(cancel));
        return reply.Header("content-encoding") is { } encoding ? new DecodedReply(reply, encoding) : reply;
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
        catch (Exception e) when (e is IOException or HttpRequestException)
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
