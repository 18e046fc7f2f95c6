namespace Switchyard.Gateway.Wire.Requests;

/// <summary>Where a value stands in a body.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes; 0 when the value is absent.</param>
public readonly record struct ByteSpan(int Start, int Length)
{
    /// <summary>First byte behind the value.</summary>
    public int End => Start + Length;

    /// <summary>False when the body has no such value.</summary>
    public bool Exists => Length > 0;

    /// <summary>The value's bytes.</summary>
    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body) => body.Slice(Start, Length);
}
