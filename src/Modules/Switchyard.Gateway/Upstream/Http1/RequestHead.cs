using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream.Http1;

/// <summary>
/// The part of a request that is the same for every call to one model: request line, host, credentials, up to
/// <c>Content-Length:</c>. Made once from what the provider kind builds.
/// </summary>
/// <param name="Bytes">ASCII, ready to be sent.</param>
/// <param name="Pool">Connections to the server.</param>
internal sealed record RequestHead(byte[] Bytes, Http1Pool Pool)
{
    /// <summary>Writes <paramref name="message"/> as HTTP/1.1.</summary>
    public static RequestHead Of(HttpRequestMessage message, Http1Pool pool)
    {
        var uri = message.RequestUri!;
        var text = new StringBuilder(512)
            .Append(message.Method.Method).Append(' ').Append(uri.PathAndQuery).Append(" HTTP/1.1\r\n")
            .Append("Host: ").Append(uri.Authority).Append("\r\n");
        foreach (var (name, values) in message.Headers.NonValidated) Append(text, name, values.ToString());
        foreach (var (name, values) in message.Content!.Headers.NonValidated)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) Append(text, name, values.ToString());
        }

        return new RequestHead(Encoding.ASCII.GetBytes(text.Append("Content-Length: ").ToString()), pool);
    }

    /// <summary>Adds a header line to a request's text.</summary>
    /// <exception cref="UpstreamException">The value could end its line.</exception>
    private static void Append(StringBuilder text, string name, string value)
    {
        if (!HeaderValues.IsName(name) || !HeaderValues.IsSafe(value))
            throw new UpstreamException(FailureClass.Rejected, new Phrase("upstream.header", ("name", HeaderValues.Encode(name))));
        text.Append(name).Append(": ").Append(value).Append("\r\n");
    }
}

/// <summary>The heads of the calls made so far, by provider, operation and model. Thread-safe.</summary>
internal sealed class RequestHeads(Func<DnsEndPoint, DeploymentMode, Http1Pool> pools)
{
    // A provider without a list of models lets clients make names up; further ones are written for each call.
    private const int MostModels = 256;

    private readonly ConditionalWeakTable<Provider, ConcurrentDictionary<(UpstreamOperation, string), RequestHead>> _heads = [];

    /// <summary>The head of <paramref name="call"/>; <paramref name="write"/> builds the message when there is none yet.</summary>
    public RequestHead For(in UpstreamCall call, Func<UpstreamCall, HttpContent, HttpRequestMessage> write)
    {
        var known = _heads.GetOrCreateValue(call.Provider);
        var key = (call.Operation, call.Model);
        if (known.TryGetValue(key, out var head)) return head;
        using var content = new PiecesContent(new PatchedBody([]));
        using var message = write(call, content);
        var uri = message.RequestUri!;
        head = RequestHead.Of(message, pools(new DnsEndPoint(uri.IdnHost, uri.Port), call.Provider.Mode));
        return known.Count < MostModels ? known.GetOrAdd(key, head) : head;
    }
}
