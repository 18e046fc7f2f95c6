namespace Switchyard.Gateway.Wire.Requests;

/// <summary>One top-level field of a body, in the client's order.</summary>
/// <param name="Name">Unescaped name.</param>
/// <param name="Value">Where its value stands.</param>
public readonly record struct BodyField(string Name, ByteSpan Value);
