using System.Buffers;

namespace Switchyard.Gateway.Wire;

/// <summary>Reads and writes one dialect. Stateless and thread-safe; streams get their own reader and writer.</summary>
public interface IDialectCodec
{
    Dialect Dialect { get; }

    /// <summary>Parses a client's request; throws <see cref="WireFormatException"/> naming the field when it is malformed.</summary>
    LlmRequest ReadRequest(ReadOnlyMemory<byte> body);

    /// <summary>Writes a request for <paramref name="model"/>; names in <paramref name="loss"/> what this dialect cannot carry.</summary>
    void WriteRequest(LlmRequest request, string model, IBufferWriter<byte> output, LossReport loss);

    /// <summary>Parses a complete upstream answer; throws <see cref="WireFormatException"/> when it is none.</summary>
    LlmResponse ReadResponse(ReadOnlyMemory<byte> body);

    /// <summary>Writes a complete answer for a client.</summary>
    void WriteResponse(LlmResponse response, DateTimeOffset created, IBufferWriter<byte> output, LossReport loss);

    /// <summary>Starts reading an upstream stream.</summary>
    IStreamReader OpenReader();

    /// <summary>Starts writing a stream to a client.</summary>
    IStreamWriter OpenWriter(StreamWriterOptions options);
}

/// <summary>What a stream writer must know of the request.</summary>
/// <param name="IncludeUsage">OpenAI: the client asked for the usage chunk.</param>
/// <param name="Created">Time stamped on chunks.</param>
public sealed record StreamWriterOptions(bool IncludeUsage, DateTimeOffset Created);

/// <summary>Turns framed upstream events (one SSE event or one NDJSON line each) into stream events.</summary>
public interface IStreamReader
{
    /// <summary>Feeds one frame; appends what it means to <paramref name="events"/>.</summary>
    /// <param name="name">SSE event name; empty for none.</param>
    /// <param name="data">SSE data or the NDJSON line.</param>
    void Read(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ICollection<LlmStreamEvent> events);

    /// <summary>True once the dialect's own end mark (<c>[DONE]</c>, <c>message_stop</c>, <c>done:true</c>) was seen.</summary>
    bool Completed { get; }
}

/// <summary>Writes stream events in one dialect's framing.</summary>
public interface IStreamWriter
{
    void Write(LlmStreamEvent step, IBufferWriter<byte> output);

    /// <summary>Writes the end mark after a complete answer.</summary>
    void Complete(IBufferWriter<byte> output);

    /// <summary>Writes the dialect's error event; nothing may follow it.</summary>
    void Fail(string type, string code, string message, IBufferWriter<byte> output);
}
