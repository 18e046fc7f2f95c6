using System.Buffers;
using Switchyard.Gateway.Wire.Errors;

namespace Switchyard.Gateway.Wire;

/// <summary>Writes stream events in one dialect's framing. One per stream.</summary>
public interface IStreamWriter
{
    /// <summary>Writes one step; some steps write nothing, or are written later.</summary>
    void Write(LlmStreamEvent step, IBufferWriter<byte> output);

    /// <summary>Writes the end mark after a complete answer.</summary>
    void Complete(IBufferWriter<byte> output);

    /// <summary>Writes the dialect's error event; nothing may follow it.</summary>
    void Fail(WireError error, IBufferWriter<byte> output);
}
