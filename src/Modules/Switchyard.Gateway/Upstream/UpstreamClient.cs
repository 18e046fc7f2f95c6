using System.Net;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream.Http1;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream;

/// <summary>
/// The only way out: every call to a provider goes through it. Model calls over plain HTTP take the gateway's own
/// client; TLS, proxies, the simulator and everything that is not a model call take the framework's. Thread-safe.
/// </summary>
public sealed class UpstreamClient : IDisposable
{
    private readonly HttpMessageInvoker _cloud;
    private readonly HttpMessageInvoker _local;
    private readonly Http1Client? _plain;

    public UpstreamClient(IOptions<UpstreamOptions> options, TimeProvider time)
    {
        var rules = new AddressRules(options.Value);
        _cloud = new HttpMessageInvoker(OutboundHandler.Create(DeploymentMode.Cloud, rules, options.Value));
        _local = new HttpMessageInvoker(OutboundHandler.Create(DeploymentMode.Local, rules, options.Value));
        _plain = options.Value.Proxy is null ? new Http1Client(rules, time) : null;
    }

    /// <summary>Sends a chat or embeddings call and returns when the answer's headers are there.</summary>
    /// <exception cref="UpstreamException">No answer came.</exception>
    public ValueTask<UpstreamReply> SendAsync(UpstreamCall call, CancellationToken cancel) =>
        _plain is not null && call.Provider.Endpoint.Scheme == Uri.UriSchemeHttp && call.Provider.Kind.InProcess is null
            ? _plain.SendAsync(call, Message, cancel)
            : SendByHandlerAsync(call, cancel);

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
        _plain?.Dispose();
    }

    private async ValueTask<UpstreamReply> SendByHandlerAsync(UpstreamCall call, CancellationToken cancel)
    {
        // Over HTTP/2 an early answer comes back while the body is still on its way: it must not lie in borrowed memory then.
        var request = Message(call, new PiecesContent(new PatchedBody([call.Body.ToArray()])));
        foreach (var (name, value) in call.Headers ?? []) request.Headers.Add(name, value);
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

    private static HttpRequestMessage Message(UpstreamCall call, HttpContent content)
    {
        var message = call.Operation switch
        {
            UpstreamOperation.Chat => call.Provider.Kind.Chat(call.Provider, call.Model, content),
            UpstreamOperation.Embeddings => call.Provider.Kind.Embeddings(call.Provider, call.Model, content),
            _ => throw new ArgumentOutOfRangeException(nameof(call)),
        };
        return message ?? throw new UpstreamException(FailureClass.Rejected, new Phrase("upstream.embeddings", ("kind", call.Provider.Kind.DisplayName)));
    }
}
