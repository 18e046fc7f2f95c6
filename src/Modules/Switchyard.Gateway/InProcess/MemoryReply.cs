using System.IO.Pipelines;
using Switchyard.Gateway.Pipeline;

namespace Switchyard.Gateway.InProcess;

/// <summary>An answer to a caller in this process.</summary>
/// <param name="bounded">A slow reader slows the provider down, as over HTTP; for an answer that is read only when it is whole there is no bound but the pipeline's own.</param>
internal sealed class MemoryReply(bool bounded) : ReplySink
{
    private readonly Pipe _pipe = new(bounded ? PipeOptions.Default : new PipeOptions(pauseWriterThreshold: 0));

    /// <summary>What the pipeline writes.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <inheritdoc/>
    public override PipeWriter Body => _pipe.Writer;

    /// <summary>Nothing more will be written.</summary>
    public ValueTask CompleteAsync() => _pipe.Writer.CompleteAsync();

    /// <summary>The whole answer, after <see cref="CompleteAsync"/>.</summary>
    public async ValueTask<byte[]> ReadAllAsync(CancellationToken cancel)
    {
        var read = await Reader.ReadAtLeastAsync(int.MaxValue, cancel);
        var all = System.Buffers.BuffersExtensions.ToArray(read.Buffer);
        Reader.AdvanceTo(read.Buffer.End);
        await Reader.CompleteAsync();
        return all;
    }

    /// <inheritdoc/>
    protected override void WriteHead(GatewayCall call, int status, string contentType, long? length)
    {
        // The caller reads provider, model and cost from the call itself.
    }
}
