using System.Text.Json;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>One event as a listener reads it; <see cref="EventFrame"/> writes it.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Type">What happened, for example <c>gateway.calls-settled</c>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="At">When.</param>
/// <param name="Payload">The facts, by type.</param>
public sealed record LiveEvent(long Sequence, string Type, string Subject, string Actor, DateTimeOffset At, JsonElement Payload);
