using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Access.Sessions;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Credentials;

/// <summary>
/// Looks after credentials beside the request path: cuts the open requests of those that expire, writes down when
/// they were last used, and clears away what is long over.
/// </summary>
public sealed class CredentialKeeper(
    Database database, KeyRing keys, SessionRing sessions, TimeProvider time, ILogger<CredentialKeeper> log) : BackgroundService
{
    private const int SaveEvery = 15;
    private const int ClearEvery = 600;

    private const string SaveKeys = """
        update platform.api_keys k set last_used_at = greatest(k.last_used_at, u.at)
        from unnest(@ids, @times) as u(id, at) where k.id = u.id
        """;

    private const string SaveSessions = """
        update platform.sessions s set last_seen_at = greatest(s.last_seen_at, u.at)
        from unnest(@ids, @times) as u(id, at) where s.id = u.id
        """;

    private const string Clear = """
        delete from platform.sessions where expires_at < @now;
        delete from platform.one_time_links where expires_at < @now - interval '7 days';
        delete from platform.sign_in_failures where last_at < @now - interval '2 days'
        """;

    /// <summary>Cuts the open requests of credentials that have expired.</summary>
    public void CutExpired()
    {
        var now = time.GetUtcNow();
        foreach (var principal in keys.Current.ById.Values.Concat(sessions.Current.ById.Values))
        {
            if (!principal.IsValid(now) && principal.Use.Open > 0) principal.Use.Cut();
        }
    }

    /// <summary>Writes down the last uses since the last time, in one statement a kind.</summary>
    public async Task SaveUsesAsync(CancellationToken cancel)
    {
        await SaveAsync(SaveKeys, keys.Current, cancel);
        await SaveAsync(SaveSessions, sessions.Current, cancel);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await QuietlyAsync(() => SaveUsesAsync(cancellationToken));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        for (var second = 1; await NextAsync(seconds, stoppingToken); second++)
        {
            CutExpired();
            if (second % SaveEvery == 0) await QuietlyAsync(() => SaveUsesAsync(stoppingToken));
            if (second % ClearEvery == 0) await QuietlyAsync(() => ClearAsync(stoppingToken));
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SaveAsync(string sql, CredentialSet set, CancellationToken cancel)
    {
        var ids = new List<Guid>();
        var times = new List<DateTimeOffset>();
        foreach (var principal in set.ById.Values)
        {
            if (!principal.Use.TryTakeUnreported(out var at)) continue;
            ids.Add(principal.Id);
            times.Add(at);
        }

        if (ids.Count == 0) return;
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { ids = ids.ToArray(), times = times.ToArray() }, cancellationToken: cancel));
    }

    private async Task ClearAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(Clear, new { now = time.GetUtcNow() }, cancellationToken: cancel));
    }

    // Nothing here is worth a restart: a use not written down is written with the next one.
    private async Task QuietlyAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            log.LogDebug(error, "Uses of credentials could not be written down");
        }
    }
}
