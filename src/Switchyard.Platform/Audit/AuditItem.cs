using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Platform.Audit;

/// <summary>A row of the audit log as it is shown.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who, by name.</param>
/// <param name="ActorKind"><c>user</c>, <c>api-key</c>, <c>admin-token</c> or <c>system</c>.</param>
/// <param name="Action">What was done.</param>
/// <param name="Resource">Kind of thing.</param>
/// <param name="ResourceId">Which one.</param>
/// <param name="Before">State before, secrets masked; null for a creation.</param>
/// <param name="After">State after, secrets masked; null for a deletion.</param>
/// <param name="Hash">SHA-256 over the previous hash and this row, hex.</param>
/// <param name="PreviousHash">Hash of the row before, hex.</param>
public sealed record AuditItem(
    Guid Id,
    DateTimeOffset At,
    string Actor,
    string ActorKind,
    string Action,
    string Resource,
    string ResourceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonElement? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonElement? After,
    string Hash,
    string PreviousHash);
