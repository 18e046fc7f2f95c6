using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream;

/// <summary>Why an attempt failed, coarsely; stored with the attempt.</summary>
public enum FailureClass
{
    None,

    /// <summary>The name does not resolve, nobody listens, the path is blocked.</summary>
    Connect,

    /// <summary>No trust in the server's certificate, or no common protocol.</summary>
    Tls,

    /// <summary>The address is one that this provider must not reach.</summary>
    AddressRefused,

    /// <summary>Too slow: connecting, first token, between tokens, or in all.</summary>
    Timeout,

    /// <summary>The connection ended before the answer did.</summary>
    Cut,

    /// <summary>The answer is not what its protocol allows.</summary>
    Malformed,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>429.</summary>
    RateLimited,

    /// <summary>401, 403: the provider does not accept our key.</summary>
    Credential,

    /// <summary>5xx, also overload.</summary>
    Server,

    /// <summary>Any other 4xx: the request itself was refused.</summary>
    Rejected,

    /// <summary>The vendor reported an error inside a started answer.</summary>
    InAnswer,

    /// <summary>The client left.</summary>
    Aborted,
}

/// <summary>An upstream call that broke. The phrase is safe to show: no key, no body, no stack.</summary>
public sealed class UpstreamException(FailureClass failure, Phrase phrase, Exception? inner = null) : PhrasedException(phrase, inner)
{
    /// <summary>What kind of failure.</summary>
    public FailureClass Failure { get; } = failure;
}
