namespace Switchyard.Gateway.Wire.Scanning;

/// <summary>
/// Watches an answer that passes through unchanged and notes what metering and failover need. One per answer; not
/// thread-safe.
/// </summary>
public abstract class ResponseScanner
{
    /// <summary>What was seen so far.</summary>
    public ResponseFacts Facts { get; } = new();

    /// <summary>Starts watching an answer.</summary>
    /// <param name="dropUsage">The gateway asked for the usage chunk and the client did not: it is to be taken out again.</param>
    public static ResponseScanner For(Dialect dialect, bool dropUsage = false) => dialect switch
    {
        Dialect.OpenAiChat => new OpenAiScanner(dropUsage),
        Dialect.AnthropicMessages => new AnthropicScanner(),
        Dialect.OllamaChat => new OllamaScanner(),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, null),
    };

    /// <summary>Reads a complete answer.</summary>
    /// <exception cref="WireFormatException">It is not JSON (for example a web page, or nothing).</exception>
    public abstract void ReadBody(ReadOnlyMemory<byte> body);

    /// <summary>Reads one event (or NDJSON line) of a stream.</summary>
    /// <returns>False when the event must not reach the client.</returns>
    /// <exception cref="WireFormatException">The event is damaged.</exception>
    public abstract bool ReadEvent(ReadOnlyMemory<byte> data);
}
