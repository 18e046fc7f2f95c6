namespace Switchyard.Gateway.Wire;

/// <summary>Turns framed upstream events (one SSE event or one NDJSON line each) into stream events. One per stream.</summary>
public interface IStreamReader
{
    /// <summary>Feeds one frame's data; appends what it means to <paramref name="events"/>.</summary>
    /// <exception cref="WireFormatException">The frame is damaged.</exception>
    void Read(ReadOnlyMemory<byte> data, ICollection<LlmStreamEvent> events);

    /// <summary>True once the dialect's own end mark (<c>[DONE]</c>, <c>message_stop</c>, <c>done:true</c>) was seen.</summary>
    bool Completed { get; }
}
