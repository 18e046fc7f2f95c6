using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>Writes the frames of a stream.</summary>
internal static class StreamFrames
{
    /// <summary>Writes one server-sent event.</summary>
    /// <param name="name">Event name; null for none.</param>
    public static void Event(string? name, IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        if (name is not null)
        {
            output.Write("event: "u8);
            Encoding.UTF8.GetBytes(name, output);
            output.Write("\n"u8);
        }

        output.Write("data: "u8);
        Value(output, write);
        output.Write("\n\n"u8);
    }

    /// <summary>Writes one line of newline-delimited JSON.</summary>
    public static void Line(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        Value(output, write);
        output.Write("\n"u8);
    }

    private static void Value(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(output, WireWriter.Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
}
