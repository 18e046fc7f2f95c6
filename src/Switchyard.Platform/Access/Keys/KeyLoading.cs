using Dapper;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Keys;

/// <summary>Reads all keys that are not revoked, each cut down to what its maker has now.</summary>
internal static class KeyLoading
{
    private const string Sql = """
        select k.id, k.tenant_id, k.name, k.secret_hash as hash, k.scopes, k.expires_at, k.restricted, k.last_used_at,
               k.owner_key_id, k.owner_user_id is not null as owned_by_user, u.roles as owner_roles
        from platform.api_keys k
        left join platform.users u on u.id = k.owner_user_id and u.tenant_id = k.tenant_id and u.status = 'active'
        where k.revoked_at is null
        """;

    public static async Task<IReadOnlyList<KeyCopy>> LoadAsync(Database database, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(Sql, cancellationToken: cancel))).ToDictionary(r => r.Id);
        var limits = new Dictionary<Guid, Limit>(rows.Count);
        return [.. rows.Values.Select(row =>
        {
            var limit = LimitOf(row, rows, limits);
            return new KeyCopy(row.Id, row.TenantId, row.Name, row.Hash, limit.Grants, limit.ExpiresAt, row.Restricted, row.OwnerKeyId)
            {
                LastUsedAt = row.LastUsedAt,
            };
        })];
    }

    private static Limit LimitOf(Row row, Dictionary<Guid, Row> rows, Dictionary<Guid, Limit> known)
    {
        if (known.TryGetValue(row.Id, out var limit)) return limit;
        limit = new Limit(GrantSets.Of(row.Scopes), row.ExpiresAt);
        if (row.OwnedByUser) limit = limit.Within(new Limit(GrantSets.Of(row.OwnerRoles ?? []), null));
        if (row.OwnerKeyId is { } maker)
        {
            // A maker that was revoked is not among the rows: its keys have nothing left.
            limit = limit.Within(rows.TryGetValue(maker, out var parent) ? LimitOf(parent, rows, known) : default);
        }

        return known[row.Id] = limit;
    }

    private readonly record struct Limit(Grants Grants, DateTimeOffset? ExpiresAt)
    {
        public Limit Within(Limit maker) => new(
            Grants & maker.Grants,
            maker.ExpiresAt is { } end && (ExpiresAt is not { } own || end < own) ? end : ExpiresAt);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid TenantId { get; init; }
        public string Name { get; init; } = "";
        public byte[] Hash { get; init; } = [];
        public string[] Scopes { get; init; } = [];
        public DateTimeOffset? ExpiresAt { get; init; }
        public bool Restricted { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
        public Guid? OwnerKeyId { get; init; }
        public bool OwnedByUser { get; init; }
        public string[]? OwnerRoles { get; init; }
    }
}
