namespace Switchyard.Platform.Access.Keys;

/// <summary>A row of <c>platform.api_keys</c> without the hash.</summary>
internal sealed record ApiKeyRow
{
    public const string Columns =
        "id, name, prefix, scopes, restricted, owner_user_id, owner_key_id, owner_name, created_at, expires_at, last_used_at, revoked_at";

    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Prefix { get; init; } = "";
    public string[] Scopes { get; init; } = [];
    public bool Restricted { get; init; }
    public Guid? OwnerUserId { get; init; }
    public Guid? OwnerKeyId { get; init; }
    public string OwnerName { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    public ApiKey ToKey() => new(Id, Name, Prefix, OwnerName, Scopes, CreatedAt, ExpiresAt, LastUsedAt, RevokedAt);

    /// <summary>What the audit log keeps of it.</summary>
    public object ForAudit(object? policy) => new { Name, Prefix, Owner = OwnerName, Scopes, ExpiresAt, Policy = policy };
}
