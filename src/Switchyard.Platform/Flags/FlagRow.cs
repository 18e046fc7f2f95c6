namespace Switchyard.Platform.Flags;

/// <summary>A row of <c>platform.flags</c>.</summary>
internal sealed record FlagRow
{
    public const string Columns = "tenant_id, name, description, state, percentage, targets, kill, version, updated_at, updated_by";

    public Guid TenantId { get; init; }
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public string State { get; init; } = Flag.Off;
    public decimal Percentage { get; init; }
    public string[] Targets { get; init; } = [];
    public bool Kill { get; init; }
    public long Version { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string UpdatedBy { get; init; } = "";

    // Divided, because the column's trailing zeros would show.
    public Flag ToFlag() => new(Name, Description, State, Percentage / 1.0000000000000000000000000000m, Targets, Kill, UpdatedAt, UpdatedBy, Version);

    /// <summary>What the audit log keeps of it.</summary>
    public object ForAudit() => new { Description, State, Percentage, Targets, Kill, Version };
}
