using System.IO.Pipelines;

namespace Switchyard.Gateway.Pipeline;

/// <summary>Where an answer goes: an HTTP response, or a caller in this process.</summary>
public abstract class ReplySink
{
    /// <summary>True once the client may have seen a byte; from then on nothing can be tried elsewhere.</summary>
    public bool Started { get; private set; }

    /// <summary>The reader did not leave: its key or session was taken away.</summary>
    public virtual bool AccessTaken => false;

    /// <summary>The answer's bytes. Write only after <see cref="Start"/>.</summary>
    public abstract PipeWriter Body { get; }

    /// <summary>Begins the answer. Headers about the call are taken from <paramref name="call"/> as it stands now.</summary>
    /// <param name="length">Length of the body; null for a stream.</param>
    public void Start(GatewayCall call, int status, string contentType, long? length)
    {
        Started = true;
        call.HttpStatus = status;
        WriteHead(call, status, contentType, length);
    }

    /// <summary>Sends what was written. Waits while the reader is slow.</summary>
    public virtual async ValueTask FlushAsync(CancellationToken cancel) => await Body.FlushAsync(cancel);

    /// <summary>Writes status and headers.</summary>
    protected abstract void WriteHead(GatewayCall call, int status, string contentType, long? length);
}
