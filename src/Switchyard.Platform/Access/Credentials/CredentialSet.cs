using System.Collections.Frozen;

namespace Switchyard.Platform.Access.Credentials;

/// <summary>The credentials of one kind at one moment. Immutable.</summary>
public sealed class CredentialSet
{
    /// <summary>Builds the lookups.</summary>
    public CredentialSet(IReadOnlyDictionary<SecretHash, Principal> byHash)
    {
        ByHash = byHash.ToFrozenDictionary();
        ById = byHash.Values.ToFrozenDictionary(p => p.Id);
    }

    /// <summary>No credentials.</summary>
    public static CredentialSet Empty { get; } = new(new Dictionary<SecretHash, Principal>());

    /// <summary>By the hash of the secret.</summary>
    public FrozenDictionary<SecretHash, Principal> ByHash { get; }

    /// <summary>By id of key or session.</summary>
    public FrozenDictionary<Guid, Principal> ById { get; }

    /// <summary>
    /// The use that a newly loaded principal goes on with. A credential that lost anything starts afresh, so that
    /// closing the old use cuts every stream that was opened with more.
    /// </summary>
    public CredentialUse UseFor(Guid id, Caller caller, bool restricted, DateTimeOffset? lastUsed)
    {
        if (!ById.TryGetValue(id, out var before)) return new CredentialUse(lastUsed);
        var lost = before.Caller.TenantId != caller.TenantId
            || (before.Caller.Grants & ~caller.Grants) != Grants.None
            || (restricted && !before.Restricted);
        if (lost) return new CredentialUse(before.Use.LastUsed > lastUsed ? before.Use.LastUsed : lastUsed);
        if (lastUsed is { } elsewhere) before.Use.Seen(elsewhere);
        return before.Use;
    }
}
