namespace Switchyard.Platform.Audit;

/// <summary>One configuration change for the audit log. Secrets must already be masked.</summary>
/// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c>, or a verb such as <c>activate</c>.</param>
/// <param name="Resource">Kind of thing, for example <c>provider</c>.</param>
/// <param name="ResourceId">Which one.</param>
/// <param name="Before">JSON of the state before; null for a creation.</param>
/// <param name="After">JSON of the state after; null for a deletion.</param>
public sealed record AuditEntry(string Action, string Resource, string ResourceId, string? Before, string? After);
