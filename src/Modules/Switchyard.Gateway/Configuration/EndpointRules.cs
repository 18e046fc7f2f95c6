using System.Net;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Configuration;

/// <summary>
/// Which addresses a provider may have. A first look at the text only: what a name resolves to is checked again,
/// address by address, at the moment of every connection.
/// </summary>
public sealed class EndpointRules(AddressRules addresses)
{
    private const string Field = "endpoint";
    private const int MaxLength = 500;

    /// <summary>Reads an endpoint; adds what is wrong with it to <paramref name="faults"/>.</summary>
    public Uri? Read(string? text, ProviderKind? kind, DeploymentMode? mode, ICollection<Problem> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) text = kind?.DefaultEndpoint;
        if (text is null) return Fault(CommonProblems.Required(Field));
        if (text.Length > MaxLength) return Fault(CommonProblems.TooLong(Field, MaxLength));

        // Characters that parsers disagree about (a backslash, a tab) are how an address hides another one.
        var odd = text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '\\' or '%' or '"' or '<' or '>');
        if (odd || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Scheme is not ("http" or "https"))
            return Fault(new Problem("endpoint_malformed", 400, Field));
        // Parsers fold these: the address would lead elsewhere than it reads.
        if (text.Split('/').Any(segment => segment is "." or "..")) return Fault(new Problem("endpoint_malformed", 400, Field));
        if (uri.UserInfo.Length > 0 || text.Contains('@', StringComparison.Ordinal)) return Fault(new Problem("endpoint_has_credentials", 400, Field));
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || text.Contains('?', StringComparison.Ordinal) || text.Contains('#', StringComparison.Ordinal))
            return Fault(new Problem("endpoint_has_query", 400, Field));
        if (mode is not { } chosen || kind?.InProcess is not null) return uri;
        if (chosen == DeploymentMode.Cloud && uri.Scheme != Uri.UriSchemeHttps) return Fault(new Problem("endpoint_insecure", 400, Field));
        return Refused(uri, chosen) ? Fault(new Problem("endpoint_private", 400, Field).With("host", uri.Host)) : uri;

        Uri? Fault(Problem problem)
        {
            faults.Add(problem);
            return null;
        }
    }

    private bool Refused(Uri uri, DeploymentMode mode)
    {
        var host = uri.IdnHost.TrimEnd('.');
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return !addresses.Allows(mode, host, IPAddress.Loopback);
        return IPAddress.TryParse(host.Trim('[', ']'), out var address) && !addresses.Allows(mode, uri.Host, address);
    }
}
