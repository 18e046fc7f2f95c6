using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream;

/// <summary>
/// Makes the outbound handlers, one per deployment mode so that a connection allowed for a local provider can
/// never be reused by a cloud one. No redirects, no cookies, no ambient proxy or credentials.
/// </summary>
public static class OutboundHandler
{
    /// <summary>How long to wait for a connection; set on the request by the caller.</summary>
    internal static readonly HttpRequestOptionsKey<TimeSpan> ConnectTimeout = new("switchyard.connect-timeout");

    /// <summary>The one place where outbound handlers are configured.</summary>
    public static SocketsHttpHandler Create(DeploymentMode mode, AddressRules rules, UpstreamOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = options.Proxy is not null,
        Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
        Credentials = null,
        PreAuthenticate = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 64,
        // An answer that is left is cut at once: a drained one would go on being billed.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        MaxConnectionsPerServer = int.MaxValue,
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(60),
        SslOptions = new SslClientAuthenticationOptions { CertificateRevocationCheckMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck },
        ConnectCallback = async (context, cancel) =>
        {
            var wait = context.InitialRequestMessage.Options.TryGetValue(ConnectTimeout, out var set) ? set : TimeSpan.FromSeconds(3);
            var viaProxy = options.Proxy is { } proxy && proxy.Port == context.DnsEndPoint.Port
                && string.Equals(proxy.Host, context.DnsEndPoint.Host, StringComparison.OrdinalIgnoreCase);
            return new NetworkStream(await GuardedConnect.OpenAsync(context.DnsEndPoint, viaProxy ? null : rules, mode, wait, cancel), ownsSocket: true);
        },
    };
}

/// <summary>Resolves, checks every address, and connects to one that passed: nothing can change in between.</summary>
internal static class GuardedConnect
{
    public static async Task<Socket> OpenAsync(DnsEndPoint target, AddressRules? rules, DeploymentMode mode, TimeSpan wait, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(wait);
        try
        {
            var addresses = await ResolveAsync(target.Host, limit.Token);
            if (rules is not null && Array.Find(addresses, address => !rules.Allows(mode, target.Host, address)) is { } closed)
                throw new UpstreamException(FailureClass.AddressRefused, new Phrase("upstream.private", ("address", AddressGuard.Plain(closed)), ("host", target.Host)));
            return await ConnectAsync(addresses, target, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new UpstreamException(FailureClass.Timeout, new Phrase("upstream.slow", ("target", $"{target.Host}:{target.Port}"), ("seconds", Math.Round(wait.TotalSeconds, 1))));
        }
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        try
        {
            var found = await Dns.GetHostAddressesAsync(host, cancel);
            return found.Length > 0 ? found : throw new UpstreamException(FailureClass.Connect, new Phrase("upstream.addressless", ("host", host)));
        }
        catch (SocketException e)
        {
            throw new UpstreamException(FailureClass.Connect, new Phrase("upstream.name", ("host", host), ("code", e.SocketErrorCode)), e);
        }
    }

    private static async Task<Socket> ConnectAsync(IPAddress[] addresses, DnsEndPoint target, CancellationToken cancel)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), cancel);
                return socket;
            }
            catch (SocketException e)
            {
                last = e;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new UpstreamException(FailureClass.Connect, new Phrase("upstream.connect", ("target", $"{target.Host}:{target.Port}"), ("code", last!.SocketErrorCode)), last);
    }
}
