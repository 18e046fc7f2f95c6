using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>Looks at name resolution and encryption apart from HTTP, under the same address rules as every call.</summary>
public sealed class NetworkProbe(IOptions<UpstreamOptions> options)
{
    private readonly AddressRules _rules = new(options.Value);

    /// <summary>Resolves the provider's host and checks every address.</summary>
    public async Task<StepResult> ResolveAsync(Provider provider, CancellationToken cancel)
    {
        if (options.Value.Proxy is { } proxy) return StepResult.Success("by-proxy", proxy.Host);
        var host = provider.Endpoint.IdnHost.Trim('[', ']');
        IPAddress[] addresses;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(provider.ConnectTimeout);
            addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, limit.Token);
        }
        catch (SocketException e)
        {
            return StepResult.Failure("unknown", e.SocketErrorCode.ToString(), ("host", host));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return StepResult.Failure("slow", null, ("host", host));
        }

        var list = string.Join(", ", addresses.Select(address => AddressGuard.Plain(address).ToString()));
        return Array.Find(addresses, address => !_rules.Allows(provider.Mode, host, address)) is { } closed
            ? StepResult.Failure("refused", list, ("address", AddressGuard.Plain(closed)))
            : StepResult.Success("resolved", list, ("count", addresses.Length));
    }

    /// <summary>Connects, and greets by TLS where the endpoint has https.</summary>
    public async Task<StepResult> HandshakeAsync(Provider provider, CancellationToken cancel)
    {
        if (options.Value.Proxy is not null) return StepResult.Success("by-proxy");
        var (host, port) = (provider.Endpoint.IdnHost.Trim('[', ']'), provider.Endpoint.Port);
        using var socket = await GuardedConnect.OpenAsync(new DnsEndPoint(host, port), _rules, provider.Mode, provider.ConnectTimeout, cancel);
        if (provider.Endpoint.Scheme == Uri.UriSchemeHttp) return StepResult.Success("plain", socket.RemoteEndPoint?.ToString());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(provider.ConnectTimeout);
        await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, limit.Token);
            var certificate = tls.RemoteCertificate as X509Certificate2;
            return StepResult.Success("secure", $"{tls.SslProtocol}, {certificate?.Subject}", ("until", certificate?.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        }
        catch (AuthenticationException e)
        {
            return StepResult.Failure("untrusted", e.Message, ("host", host));
        }
        catch (IOException e)
        {
            return StepResult.Failure("refused", e.Message, ("host", host));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return StepResult.Failure("slow", null, ("host", host));
        }
    }
}
