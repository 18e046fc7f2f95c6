using System.Net.Sockets;
using System.Security.Authentication;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream;

/// <summary>Sorts what can go wrong on the wire, and statuses, into <see cref="FailureClass"/>.</summary>
public static class UpstreamFailures
{
    /// <summary>The failure behind an exception of the transport.</summary>
    public static UpstreamException From(Exception e, CancellationToken cancel)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is UpstreamException known) return known;
        }

        if (cancel.IsCancellationRequested) return new UpstreamException(FailureClass.Aborted, new Phrase("upstream.cancelled"), e);
        return e switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new(FailureClass.Connect, new Phrase("upstream.unresolved"), e),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(FailureClass.Tls, Tls(e), e),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new(FailureClass.Connect, new Phrase("upstream.unconnected", ("code", Socket(e))), e),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(FailureClass.TooLarge, new Phrase("upstream.headers"), e),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => new(FailureClass.Malformed, new Phrase("upstream.invalid"), e),
            InvalidDataException => new(FailureClass.Malformed, new Phrase("upstream.compressed"), e),
            _ => new(FailureClass.Cut, new Phrase("upstream.cut"), e),
        };
    }

    /// <summary>The failure that a status means; <see cref="FailureClass.None"/> for 2xx.</summary>
    public static FailureClass OfStatus(int status) => status switch
    {
        >= 200 and < 300 => FailureClass.None,
        401 or 403 => FailureClass.Credential,
        429 => FailureClass.RateLimited,
        408 => FailureClass.Timeout,
        >= 500 => FailureClass.Server,
        >= 300 and < 400 => FailureClass.Malformed,
        _ => FailureClass.Rejected,
    };

    /// <summary>Whether another provider may do better with the same request.</summary>
    public static bool MayFailOver(FailureClass failure) => failure is not (FailureClass.None or FailureClass.Rejected or FailureClass.Aborted);

    private static string Socket(Exception e) => (e.InnerException as SocketException)?.SocketErrorCode.ToString() ?? "?";

    private static Phrase Tls(Exception e) => e.InnerException is AuthenticationException
        ? new Phrase("upstream.certificate")
        : new Phrase("upstream.tls");
}
