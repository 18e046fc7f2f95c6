using System.Net;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream;

/// <summary>Settings of all outbound calls; section <c>gateway</c>.</summary>
public sealed class UpstreamOptions
{
    /// <summary>
    /// Hosts that providers of mode <c>local</c> may have besides loopback: names, addresses or networks
    /// (<c>10.1.0.0/16</c>); <c>*</c> allows all.
    /// </summary>
    public IList<string> AllowedLocalHosts { get; init; } = [];

    /// <summary>Whether local providers may be on this machine.</summary>
    /// <value>true</value>
    public bool AllowLoopback { get; set; } = true;

    /// <summary>Address of an HTTP proxy for all calls; null connects directly.</summary>
    public Uri? Proxy { get; set; }

    /// <summary>Largest answer that is not a stream, in bytes.</summary>
    /// <value>64 MiB</value>
    public int MaxAnswerBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Longest silence before the first byte of a stream.</summary>
    /// <value>2 minutes</value>
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest silence between two reads of a started answer.</summary>
    /// <value>60 seconds</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>What is wrong with these values, naming the key and the cure; null when all is well.</summary>
    public Phrase? Fault()
    {
        if (Proxy is { } proxy && (!proxy.IsAbsoluteUri || proxy.Scheme is not ("http" or "https")))
            return SettingsRule.Broken("gateway:proxy", "settings.proxy");
        if (MaxAnswerBytes is < 1024 or > 1 << 30) return SettingsRule.Broken("gateway:maxAnswerBytes", "settings.between", ("least", 1024), ("most", 1 << 30));
        if (FirstTokenTimeout <= TimeSpan.Zero) return SettingsRule.Broken("gateway:firstTokenTimeout", "settings.duration");
        if (IdleTimeout <= TimeSpan.Zero) return SettingsRule.Broken("gateway:idleTimeout", "settings.duration");
        foreach (var host in AllowedLocalHosts)
        {
            if (host.Contains('/', StringComparison.Ordinal) && !IPNetwork.TryParse(host, out _))
                return SettingsRule.Broken("gateway:allowedLocalHosts", "settings.network", ("value", host));
        }

        return null;
    }
}
