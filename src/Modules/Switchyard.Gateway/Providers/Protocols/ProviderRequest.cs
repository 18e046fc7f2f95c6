using System.Net;

namespace Switchyard.Gateway.Providers.Protocols;

/// <summary>Builds requests that stay on the provider's own host and under its own path.</summary>
internal static class ProviderRequest
{
    /// <summary>A request to <paramref name="path"/> under the provider's endpoint; HTTP/2 where it is offered.</summary>
    public static HttpRequestMessage Create(HttpMethod method, Uri root, string path, HttpContent? body = null) => new(method, Under(root, path))
    {
        Content = body,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    /// <summary>The endpoint without <paramref name="suffix"/>, for vendors whose users give the address with or without it.</summary>
    public static Uri Without(Uri endpoint, string suffix)
    {
        var text = endpoint.AbsoluteUri.TrimEnd('/');
        return text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? new Uri(text[..^suffix.Length]) : endpoint;
    }

    private static Uri Under(Uri root, string path)
    {
        var text = $"{root.AbsoluteUri.TrimEnd('/')}/{path}";
        var uri = new Uri(text);
        // Names are validated and encoded before they get here. This catches whatever that might have missed: an
        // address that System.Uri reads otherwise than it was written has folded a segment or found another host.
        return uri.AbsoluteUri == text && uri.Host == root.Host && uri.Port == root.Port ? uri : throw new UnsafeModelNameException();
    }
}
