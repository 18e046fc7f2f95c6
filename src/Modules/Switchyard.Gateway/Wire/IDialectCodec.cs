using System.Buffers;

namespace Switchyard.Gateway.Wire;

/// <summary>Reads and writes one dialect. Stateless and thread-safe; streams get their own reader and writer.</summary>
public interface IDialectCodec
{
    /// <summary>The dialect it speaks.</summary>
    Dialect Dialect { get; }

    /// <summary>Parses a client's request; throws <see cref="WireFormatException"/> naming the field when it is malformed.</summary>
    LlmRequest ReadRequest(ReadOnlyMemory<byte> body);

    /// <summary>Writes a request for a vendor; names in <paramref name="loss"/> what this dialect cannot carry.</summary>
    void WriteRequest(LlmRequest request, RequestOptions options, IBufferWriter<byte> output, LossReport loss);

    /// <summary>
    /// Parses a complete upstream answer; throws <see cref="UpstreamErrorException"/> when it is an error in disguise and
    /// <see cref="WireFormatException"/> when it is no answer at all.
    /// </summary>
    LlmResponse ReadResponse(ReadOnlyMemory<byte> body);

    /// <summary>Writes a complete answer for a client.</summary>
    void WriteResponse(LlmResponse response, AnswerOptions options, IBufferWriter<byte> output, LossReport loss);

    /// <summary>Starts reading an upstream stream.</summary>
    IStreamReader OpenReader();

    /// <summary>Starts writing a stream to a client.</summary>
    IStreamWriter OpenWriter(AnswerOptions options);
}
