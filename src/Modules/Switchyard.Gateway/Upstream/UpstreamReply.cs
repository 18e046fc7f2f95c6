namespace Switchyard.Gateway.Upstream;

/// <summary>
/// A provider's answer whose headers have arrived and whose body is read as it comes. Disposing it before the
/// end closes the connection, which is how a provider learns that the client left.
/// </summary>
public abstract class UpstreamReply : IDisposable
{
    /// <summary>HTTP status.</summary>
    public abstract int Status { get; }

    /// <summary>Announced length of the body; null when it is not announced.</summary>
    public abstract long? ContentLength { get; }

    /// <summary>First value of a response header; null when absent.</summary>
    public abstract string? Header(string name);

    /// <summary>Reads what is there, at least one byte; 0 at the end. Throws <see cref="UpstreamException"/> when the body breaks off.</summary>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the connection back, or closes it when the body was not read to its end.</summary>
    protected abstract void Close();

    /// <summary>The vendor's own id of the call, for its support; null when it sent none.</summary>
    public string? RequestId => Header("x-request-id") ?? Header("request-id") ?? Header("x-ms-request-id");
}
