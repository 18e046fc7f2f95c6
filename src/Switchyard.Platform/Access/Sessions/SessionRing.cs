using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Contracts.Events.Access;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Sessions;

/// <summary>All cookie sessions by hash. A session that another node has just begun is looked up once.</summary>
public sealed class SessionRing(
    Database database, IEventFeed feed, IOptions<AccessOptions> options, TimeProvider time, ILogger<SessionRing> log)
    : CredentialRing(feed, time, log)
{
    private const string Sql = """
        select s.id, s.tenant_id, s.user_id, s.token_hash as hash, s.last_seen_at, s.expires_at, u.name, u.roles
        from platform.sessions s join platform.users u on u.id = s.user_id
        where s.expires_at > @now and u.status = 'active'
        """;

    private const string Exists = "select exists (select 1 from platform.sessions where token_hash = @hash and expires_at > @now)";

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Events { get; } = [SessionStarted.Type, SessionRevoked.Type, UserChanged.Type];

    /// <summary>The valid session with this secret, also when it began on another node a moment ago.</summary>
    public async ValueTask<Principal?> FindAsync(SecretHash hash, DateTimeOffset now, CancellationToken cancel)
    {
        if (Current.ByHash.ContainsKey(hash)) return Find(hash, now);
        await using var connection = await database.OpenAsync(cancel);
        var exists = await connection.QuerySingleAsync<bool>(new CommandDefinition(Exists, new { hash = hash.ToBytes(), now }, cancellationToken: cancel));
        if (!exists) return null;
        await RefreshAsync(cancel);
        return Find(hash, now);
    }

    /// <inheritdoc/>
    protected override async Task<CredentialSet> LoadAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Sql, new { now = Time.GetUtcNow() }, cancellationToken: cancel));
        var before = Current;
        return new CredentialSet(rows.ToDictionary(r => SecretHash.FromBytes(r.Hash), r =>
        {
            var caller = new Caller(r.TenantId, CallerKind.User, r.UserId, r.Name, GrantSets.Of(r.Roles));
            return new Principal(r.Id, caller, r.ExpiresAt, before.UseFor(r.Id, caller, restricted: false, r.LastSeenAt))
            {
                Idle = options.Value.SessionIdle,
            };
        }));
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid TenantId { get; init; }
        public Guid UserId { get; init; }
        public byte[] Hash { get; init; } = [];
        public DateTimeOffset LastSeenAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
        public string Name { get; init; } = "";
        public string[] Roles { get; init; } = [];
    }
}
