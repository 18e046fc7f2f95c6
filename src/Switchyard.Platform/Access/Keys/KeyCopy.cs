using System.Text.Json.Serialization;
using Switchyard.Platform.Access.Credentials;

namespace Switchyard.Platform.Access.Keys;

/// <summary>An API key as the ring needs it, its maker's limits already applied; also a line of the copy on disk.</summary>
internal sealed record KeyCopy(Guid Id, Guid TenantId, string Name, byte[] Hash, Grants Grants, DateTimeOffset? ExpiresAt, bool Restricted, Guid? MakerKeyId)
{
    /// <summary>Last use known to the database; not kept on disk.</summary>
    [JsonIgnore]
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The copy of a principal.</summary>
    public static KeyCopy Of(SecretHash hash, Principal key) =>
        new(key.Id, key.Caller.TenantId, key.Caller.Name, hash.ToBytes(), key.Caller.Grants, key.ExpiresAt, key.Restricted, key.MakerKeyId);
}
