using System.Net;
using System.Net.Sockets;
using Switchyard.Platform.Localization;
using Switchyard.Server.Commands;

namespace Switchyard.Server.Hosting;

/// <summary>Finds out that an address is taken before anything else is started.</summary>
internal static class ListenAddress
{
    /// <summary>Throws when another program listens on one of <paramref name="urls"/>.</summary>
    public static void DemandFree(string urls)
    {
        foreach (var url in urls.Split(';'))
        {
            // Names and 'any' are tried on loopback, which they include.
            var address = Uri.TryCreate(url, UriKind.Absolute, out var parsed) && IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var given) ? given : IPAddress.Loopback;
            var port = parsed?.Port ?? 0;
            if (port > 0 && !IsFree(address, port)) throw Taken(url);
        }
    }

    public static CommandException Taken(string url) =>
        new(new Phrase("serve.taken", ("url", url)));

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException fault)
        {
            // Anything else (no such address, no right) is told better by the server itself.
            return fault.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}
