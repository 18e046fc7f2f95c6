using System.Buffers;

namespace Switchyard.Gateway.Wire.Sse;

/// <summary>
/// One block of a server-sent event stream. The memory belongs to the buffer it was read from: use it before that
/// buffer is advanced.
/// </summary>
/// <param name="Raw">The block's bytes as they came, with the blank line that ended it: forward these to pass it through.</param>
/// <param name="Name">Value of the last <c>event</c> field; empty for none.</param>
/// <param name="Data">Value of the <c>data</c> fields, joined by LF.</param>
/// <param name="HasData">False for comments, heartbeats and stray blank lines, which carry no event.</param>
public readonly record struct SseEvent(ReadOnlySequence<byte> Raw, ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Data, bool HasData);
