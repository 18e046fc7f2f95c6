namespace Switchyard.Platform.Access.Users;

/// <summary>A row of <c>platform.users</c>.</summary>
internal sealed record UserRow
{
    public const string Columns = "id, tenant_id, name, email, roles, status, password_hash, language, created_at, last_sign_in_at";

    public Guid Id { get; init; }
    public Guid TenantId { get; init; }
    public string Name { get; init; } = "";
    public string? Email { get; init; }
    public string[] Roles { get; init; } = [];
    public string Status { get; init; } = "";
    public string? PasswordHash { get; init; }
    public string? Language { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; init; }

    public User ToUser() => new(Id, Name, Email, Roles, Status, CreatedAt, LastSignInAt);

    public Caller ToCaller() => new(TenantId, CallerKind.User, Id, Name, GrantSets.Of(Roles));

    /// <summary>What the audit log keeps of it.</summary>
    public object ForAudit() => new { Name, Email, Roles, Status, HasPassword = PasswordHash is not null };
}
