using System.Buffers;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Pipeline.Streaming;

/// <summary>Turns an upstream stream's bytes into the client's, and learns from them on the way. One per attempt.</summary>
internal abstract class StreamTransform
{
    /// <summary>Tokens reported so far.</summary>
    public abstract TokenUsage? Usage { get; }

    /// <summary>Why the model stopped.</summary>
    public abstract StopReason? Stop { get; }

    /// <summary>The dialect's own end mark was seen: only then is the answer complete.</summary>
    public abstract bool Completed { get; }

    /// <summary>The model said something: text, reasoning, a call. Before that, another provider may still answer unseen.</summary>
    public abstract bool HasOutput { get; }

    /// <summary>Pieces of output seen so far; about one token each.</summary>
    public int Pieces { get; protected set; }

    /// <summary>The vendor reported an error, or sent what its dialect does not allow; nothing behind it is read.</summary>
    public StreamFault? Fault { get; protected set; }

    /// <summary>Consumes all whole events at the front of <paramref name="input"/>, moves it behind them, and writes what the client gets.</summary>
    public void Process(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output, bool ended)
    {
        try
        {
            while (Fault is null && !Completed && Step(ref input, output))
            {
            }

            if (ended && Fault is null && !Completed) Rest(ref input, output);
        }
        catch (WireFormatException e)
        {
            Fault = new StreamFault(Malformed: true, e.Code, e.Phrase.Write());
        }
    }

    /// <summary>Consumes one event; false when none is whole.</summary>
    protected abstract bool Step(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output);

    /// <summary>The upstream ended: consumes what is left.</summary>
    protected abstract void Rest(ref ReadOnlySequence<byte> input, IBufferWriter<byte> output);
}

/// <summary>What went wrong inside a stream.</summary>
/// <param name="Malformed">Against the protocol; otherwise the vendor's own error.</param>
internal sealed record StreamFault(bool Malformed, string? Code, string Message);
