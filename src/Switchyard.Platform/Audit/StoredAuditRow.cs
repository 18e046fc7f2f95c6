using System.Text.Json;

namespace Switchyard.Platform.Audit;

/// <summary>A row of <c>platform.audit</c> as the database has it, which need not be as it was written.</summary>
internal sealed record StoredAuditRow
{
    public const string Columns = """
        tenant_id, sequence, id, at, actor, actor_kind, actor_id, action, resource, resource_id,
        before::text as before, after::text as after, previous_hash, hash
        """;

    public Guid TenantId { get; init; }
    public long Sequence { get; init; }
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string Actor { get; init; } = "";
    public string ActorKind { get; init; } = "";
    public Guid? ActorId { get; init; }
    public string Action { get; init; } = "";
    public string Resource { get; init; } = "";
    public string ResourceId { get; init; } = "";
    public string? Before { get; init; }
    public string? After { get; init; }
    public byte[] PreviousHash { get; init; } = [];
    public byte[] Hash { get; init; } = [];

    /// <summary>The hash that this content must have.</summary>
    public byte[] RightHash() =>
        new AuditRow(TenantId, Sequence, Id, At, Actor, ActorKind, ActorId, Action, Resource, ResourceId, Before, After).Hash(PreviousHash);

    public AuditItem ToItem() => new(
        Id, At, Actor, ActorKind, Action, Resource, ResourceId, Parse(Before), Parse(After),
        Convert.ToHexStringLower(Hash), Convert.ToHexStringLower(PreviousHash));

    private static JsonElement? Parse(string? json) => json is null ? null : JsonElement.Parse(json);
}
