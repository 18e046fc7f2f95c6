using System.Buffers;

namespace Switchyard.Gateway.Wire.Requests;

/// <summary>Applies a vendor's habits to a body that a codec wrote.</summary>
internal static class FieldOverrides
{
    /// <summary>Writes with <paramref name="write"/>, then sets the fields of <paramref name="options"/>, if there are any.</summary>
    public static void Write(RequestOptions options, RequestShape shape, IBufferWriter<byte> output, Action<IBufferWriter<byte>> write)
    {
        if (options.Set is not { Count: > 0 } set)
        {
            write(output);
            return;
        }

        var plain = new ArrayBufferWriter<byte>(4096);
        write(plain);
        BodyPatch.Apply(RequestEnvelope.Read(plain.WrittenMemory, shape), new BodyChanges { Set = set }).CopyTo(output);
    }
}
