using System.Net;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Upstream;

/// <summary>The only way out: every call to a provider goes through it. Thread-safe.</summary>
public sealed class UpstreamClient : IDisposable
{
    private readonly HttpMessageInvoker _cloud;
    private readonly HttpMessageInvoker _local;

    public UpstreamClient(IOptions<UpstreamOptions> options)
    {
        var rules = new AddressRules(options.Value);
        _cloud = new HttpMessageInvoker(OutboundHandler.Create(DeploymentMode.Cloud, rules, options.Value));
        _local = new HttpMessageInvoker(OutboundHandler.Create(DeploymentMode.Local, rules, options.Value));
    }

    /// <summary>Sends a chat or embeddings call and returns when the answer's headers are there.</summary>
    /// <exception cref="UpstreamException">No answer came.</exception>
    public async ValueTask<UpstreamReply> SendAsync(UpstreamCall call, CancellationToken cancel)
    {
        var request = Message(call);
        if (call.Headers is { } headers)
        {
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
        }

        var response = await SendAsync(call.Provider, request, cancel);
        try
        {
            return await HandlerReply.OpenAsync(response, cancel);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Sends any request to a provider, for tests and health probes; the caller disposes the answer.</summary>
    /// <exception cref="UpstreamException">No answer came.</exception>
    public async Task<HttpResponseMessage> SendAsync(Provider provider, HttpRequestMessage request, CancellationToken cancel)
    {
        if (request.RequestUri!.Scheme == Uri.UriSchemeHttps && request.Version == HttpVersion.Version11)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        request.Options.Set(OutboundHandler.ConnectTimeout, provider.ConnectTimeout);
        var invoker = provider.Kind.InProcess ?? (provider.Mode == DeploymentMode.Local ? _local : _cloud);
        try
        {
            return await invoker.SendAsync(request, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UpstreamException)
        {
            throw UpstreamFailures.From(e, cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cloud.Dispose();
        _local.Dispose();
    }

    private static HttpRequestMessage Message(UpstreamCall call)
    {
        // Over HTTP/2 an early answer comes back while the body is still on its way: it must not lie in borrowed memory then.
        var shared = call.Provider.Endpoint.Scheme == Uri.UriSchemeHttps;
        var content = new PiecesContent(shared ? new PatchedBody([call.Body.ToArray()]) : call.Body);
        var message = call.Operation switch
        {
            UpstreamOperation.Chat => call.Provider.Kind.Chat(call.Provider, call.Model, content),
            UpstreamOperation.Embeddings => call.Provider.Kind.Embeddings(call.Provider, call.Model, content),
            _ => throw new ArgumentOutOfRangeException(nameof(call)),
        };
        return message ?? throw new UpstreamException(FailureClass.Rejected, $"{call.Provider.Kind.DisplayName} has no embeddings.");
    }
}
