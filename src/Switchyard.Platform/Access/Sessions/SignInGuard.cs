using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Sessions;

/// <summary>
/// Slows guessing down: after a few failures an account name, or an address, must wait, each time twice as long.
/// An attempt is counted before the password is looked at, so that parallel guesses gain nothing; names that do not
/// exist are counted like those that do. Counted in the database: the same on every node.
/// </summary>
public sealed class SignInGuard(Database database, TimeProvider time)
{
    /// <summary>Failures of one account that cost no waiting.</summary>
    public const int FreePerAccount = 5;

    /// <summary>Failures from one address that cost no waiting.</summary>
    public const int FreePerAddress = 20;

    // Behind a proxy on this machine everybody comes from here.
    private const int FreePerLocalAddress = 500;

    // A wait beyond the longest one was set by a clock that has been put back since; it must not lock anybody out.
    private const string CountSql = """
        insert into platform.sign_in_failures as f (key, tenant_id, failures, last_at, blocked_until)
        values (@key, @tenant, 1, @now, 'epoch')
        on conflict (key) do update set
            failures = case when f.last_at < @forget then 1 else f.failures + 1 end,
            last_at = @now,
            blocked_until = case
                when f.last_at < @forget or f.failures + 1 < @free then 'epoch'
                else @now + least(900, power(2, least(20, f.failures + 1 - @free))) * interval '1 second' end
        where f.blocked_until <= @now or f.blocked_until > @now + interval '15 minutes'
        returning true
        """;

    private const string WaitSql = "select blocked_until from platform.sign_in_failures where key = @key";

    private const string ForgiveSql = """
        delete from platform.sign_in_failures where key = @account;
        update platform.sign_in_failures set failures = greatest(0, failures - 1), blocked_until = 'epoch' where key = @address
        """;

    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>Counts an attempt as failed; says how long to wait when there were too many.</summary>
    public async Task<Problem?> CountAsync(string account, IPAddress? address, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var now = time.GetUtcNow();
        if (address is not null)
        {
            var free = IPAddress.IsLoopback(address) ? FreePerLocalAddress : FreePerAddress;
            if (await CountAsync(AddressKey(address), free) is { } byAddress) return byAddress;
        }

        return await CountAsync(AccountKey(account), FreePerAccount);

        async Task<Problem?> CountAsync(string key, int free)
        {
            var args = new { key, tenant = Tenants.Default, now, free, forget = now - Memory };
            if (await connection.QuerySingleOrDefaultAsync<bool?>(new CommandDefinition(CountSql, args, cancellationToken: cancel)) is true) return null;
            var until = await connection.QuerySingleOrDefaultAsync<DateTime?>(new CommandDefinition(WaitSql, new { key }, cancellationToken: cancel));
            var wait = until is { } end ? end - now.UtcDateTime : TimeSpan.Zero;
            return AccessProblems.TooManyAttempts(wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>The attempt turned out right: the account starts afresh.</summary>
    public async Task ForgiveAsync(string account, IPAddress? address, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            ForgiveSql,
            new { account = AccountKey(account), address = address is null ? "" : AddressKey(address), now = time.GetUtcNow() },
            cancellationToken: cancel));
    }

    // Hashed: what people type here may be a password in the wrong field.
    private static string AccountKey(string account) =>
        "account:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account.Trim().ToLowerInvariant())));

    // One household or server has a whole /64 of IPv6.
    private static string AddressKey(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return $"address:{address}";
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return $"address:{new IPAddress(bytes)}/64";
    }
}
