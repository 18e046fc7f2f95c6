namespace Switchyard.Platform.EventLog;

/// <summary>An event as the log holds it.</summary>
/// <param name="Sequence">Position in the log; readers see positions in ascending order and never miss one.</param>
/// <param name="TenantId">Owner.</param>
/// <param name="Type">Stable name, for example <c>gateway.provider-changed</c>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Actor">Who caused it (display name).</param>
/// <param name="At">When, UTC.</param>
/// <param name="Payload">JSON text.</param>
public sealed record StoredEvent(long Sequence, Guid TenantId, string Type, string Subject, string Actor, DateTimeOffset At, string Payload);
