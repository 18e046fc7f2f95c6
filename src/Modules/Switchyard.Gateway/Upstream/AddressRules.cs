using System.Net;
using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Upstream;

/// <summary>Decides, at the moment of connecting, whether an address may be called. Thread-safe.</summary>
public sealed class AddressRules
{
    private readonly bool _loopback;
    private readonly bool _everything;
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [];

    public AddressRules(UpstreamOptions options)
    {
        _loopback = options.AllowLoopback;
        foreach (var entry in options.AllowedLocalHosts)
        {
            if (entry == "*") _everything = true;
            else if (IPNetwork.TryParse(entry, out var network)) _networks.Add(network);
            else if (IPAddress.TryParse(entry, out var address)) _networks.Add(new IPNetwork(AddressGuard.Plain(address), AddressGuard.Plain(address).GetAddressBytes().Length * 8));
            else _hosts.Add(entry.TrimEnd('.'));
        }
    }

    /// <summary>True when a provider of <paramref name="mode"/> may reach <paramref name="address"/>, to which <paramref name="host"/> resolved.</summary>
    public bool Allows(DeploymentMode mode, string host, IPAddress address)
    {
        if (AddressGuard.IsPublic(address)) return true;
        if (mode != DeploymentMode.Local) return false;
        if (_everything || (_loopback && AddressGuard.IsLoopback(address)) || _hosts.Contains(host.TrimEnd('.'))) return true;
        var plain = AddressGuard.Plain(address);
        return _networks.Exists(network => network.Contains(plain));
    }
}
