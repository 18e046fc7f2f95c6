using System.Buffers;
using System.Text.Json;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>One event as bytes, made once and shared by every listener. Immutable.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Bytes">The complete server-sent event.</param>
public sealed record EventFrame(long Sequence, byte[] Bytes)
{
    /// <summary>A comment, as a sign of life.</summary>
    public static EventFrame Beat { get; } = new(0, ": \n\n"u8.ToArray());

    /// <summary>True for a sign of life, false for an event.</summary>
    public bool IsBeat => Sequence == 0;

    /// <summary>Writes <paramref name="e"/> as <c>{sequence,type,subject,actor,at,payload}</c>.</summary>
    public static EventFrame Of(StoredEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(e.Payload.Length + 256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", e.Sequence);
            json.WriteString("type", e.Type);
            json.WriteString("subject", e.Subject);
            json.WriteString("actor", e.Actor);
            json.WriteString("at", e.At);
            json.WritePropertyName("payload");
            // Checked by the database when it was appended.
            json.WriteRawValue(e.Payload, skipInputValidation: true);
            json.WriteEndObject();
        }

        return new EventFrame(e.Sequence, SseWriter.Frame(e.Sequence, e.Type, buffer.WrittenSpan));
    }
}
