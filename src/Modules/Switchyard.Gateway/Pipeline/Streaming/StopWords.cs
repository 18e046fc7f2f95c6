using System.Buffers;
using System.Text;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Pipeline.Streaming;

/// <summary>Puts OpenAI's words in the places of a vendor's own finish reasons; every other byte stays.</summary>
internal static class StopWords
{
    /// <summary>Writes <paramref name="json"/> with the words at <paramref name="places"/> replaced.</summary>
    public static void Write(ReadOnlySpan<byte> json, IReadOnlyList<(ByteSpan Place, string Known)> places, IBufferWriter<byte> output)
    {
        var position = 0;
        foreach (var (place, known) in places)
        {
            output.Write(json[position..place.Start]);
            output.Write("\""u8);
            output.Write(Encoding.ASCII.GetBytes(known));
            output.Write("\""u8);
            position = place.End;
        }

        output.Write(json[position..]);
    }
}
