using System.Text.Json.Serialization;

namespace Switchyard.Platform.Access.Keys;

/// <summary>An API key without its secret.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Prefix">First characters of the secret, to recognise it by.</param>
/// <param name="Owner">Who made it.</param>
/// <param name="Scopes">What it may do, unless its maker has less by now.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="ExpiresAt">From then on it is refused; null for never.</param>
/// <param name="LastUsedAt">To within half a minute; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null while it was not.</param>
public sealed record ApiKey(
    Guid Id,
    string Name,
    string Prefix,
    string Owner,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    [property: JsonIgnore] DateTimeOffset? RevokedAt)
{
    /// <summary><c>active</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public string StatusAt(DateTimeOffset now) =>
        RevokedAt is not null ? "revoked" : ExpiresAt is { } end && end <= now ? "expired" : "active";
}

/// <summary>A key to make.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Scopes">At least one; nothing that the maker lacks.</param>
/// <param name="ExpiresAt">In the future; null for never.</param>
/// <param name="Policy">What a module will hold the key to; kept by that module, shown in the audit log. Null for nothing.</param>
public sealed record NewApiKey(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null, object? Policy = null);

/// <summary>What to change about a key; null leaves a field as it is.</summary>
/// <param name="SetExpiry">True to set <paramref name="ExpiresAt"/>, also to null.</param>
/// <param name="SetPolicy">True to replace the policy, also by none.</param>
public sealed record ApiKeyPatch(
    string? Name = null,
    IReadOnlyList<string>? Scopes = null,
    bool SetExpiry = false,
    DateTimeOffset? ExpiresAt = null,
    bool SetPolicy = false,
    object? PolicyBefore = null,
    object? PolicyAfter = null);

/// <summary>A key and its secret, which is shown this once.</summary>
public sealed record CreatedApiKey(ApiKey Key, string Secret);
