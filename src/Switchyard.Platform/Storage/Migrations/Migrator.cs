using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Migrations;

/// <summary>
/// Brings the database to this version. Any number of nodes may start at once: one holds an advisory lock and
/// works, the others wait and find nothing left to do. Each script commits together with its row in
/// <c>platform.migrations</c>, so that a killed run is simply continued by the next. Scripts that this version does
/// not know are left alone: versions N−1 and N run side by side.
/// </summary>
public sealed class Migrator(
    NpgsqlDataSource source, IReadOnlyList<Migration> migrations, TimeProvider time, ILogger<Migrator> log)
{
    private const long Lock = 0x5357_4954_4348_4d47;

    private const string Ledger = """
        create schema if not exists platform;
        create table if not exists platform.migrations (
            module text not null,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null,
            milliseconds bigint not null,
            primary key (module, name)
        )
        """;

    /// <summary>The scripts that are still to run, in order. Changes nothing.</summary>
    /// <exception cref="MigrationException">A script that ran before was changed since.</exception>
    public async Task<IReadOnlyList<Migration>> PendingAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await PendingAsync(connection, cancel);
    }

    /// <summary>Runs what is pending and returns it.</summary>
    /// <exception cref="MigrationException">A script failed, or one that ran before was changed since.</exception>
    public async Task<IReadOnlyList<Migration>> MigrateAsync(CancellationToken cancel)
    {
        // The usual start has nothing to do and should not wait for another node's lock.
        if ((await PendingAsync(cancel)).Count == 0) return [];

        await using var connection = await source.OpenConnectionAsync(cancel);
        await LockAsync(connection, cancel);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(Ledger, cancellationToken: cancel));
            var pending = await PendingAsync(connection, cancel);
            foreach (var migration in pending)
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await ApplyAsync(connection, migration, cancel);
                await transaction.CommitAsync(cancel);
                log.LogDebug("Applied migration {Migration}", migration.ToString());
            }

            if (pending.Count > 0) log.LogInformation("Applied {Count} migrations", pending.Count);

            return pending;
        }
        finally
        {
            // Also when cancelled: a pooled connection must not keep the lock.
            await connection.ExecuteAsync("select pg_advisory_unlock_all()");
        }
    }

    /// <summary>Runs what is pending in one transaction and rolls it back: every error shows, nothing stays.</summary>
    public async Task<IReadOnlyList<Migration>> TryAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@Lock)", new { Lock }, commandTimeout: 0, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(Ledger, cancellationToken: cancel));
        var pending = await PendingAsync(connection, cancel);
        foreach (var migration in pending) await ApplyAsync(connection, migration, cancel);
        await transaction.RollbackAsync(cancel);
        return pending;
    }

    /// <summary>Runs exactly these scripts inside the caller's transaction, on a database that has none of them.</summary>
    internal async Task ApplyAllAsync(NpgsqlConnection connection, IReadOnlyList<Migration> scripts, CancellationToken cancel)
    {
        await connection.ExecuteAsync(new CommandDefinition(Ledger, cancellationToken: cancel));
        foreach (var migration in scripts) await ApplyAsync(connection, migration, cancel);
    }

    private static Task<int> LockAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.ExecuteAsync(
        new CommandDefinition("select pg_advisory_lock(@Lock)", new { Lock }, commandTimeout: 0, cancellationToken: cancel));

    private async Task<IReadOnlyList<Migration>> PendingAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var exists = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select to_regclass('platform.migrations') is not null", cancellationToken: cancel));
        if (!exists) return migrations;
        var applied = (await connection.QueryAsync<(string Module, string Name, string Checksum)>(
            new CommandDefinition("select module, name, checksum from platform.migrations", cancellationToken: cancel)))
            .ToDictionary(r => (r.Module, r.Name), r => r.Checksum);
        var pending = new List<Migration>();
        foreach (var migration in migrations)
        {
            if (!applied.TryGetValue((migration.Module, migration.Name), out var checksum)) pending.Add(migration);
            else if (checksum != migration.Checksum) throw Changed(migration);
        }

        return pending;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        try
        {
            // A script that waits for a busy table blocks everyone behind it: give up early and try again later.
            await connection.ExecuteAsync(new CommandDefinition(
                $"""
                set local lock_timeout = '30s';
                create schema if not exists "{migration.Module}";
                set local search_path = "{migration.Module}", public;
                """,
                cancellationToken: cancel));
            // Not through Dapper: its parameter scan would trip over casts and dollar quotes in a script.
            await using (var command = new NpgsqlCommand(migration.Sql, connection) { CommandTimeout = 0 })
                await command.ExecuteNonQueryAsync(cancel);
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into platform.migrations (module, name, checksum, applied_at, milliseconds) values (@Module, @Name, @Checksum, @now, @ms)",
                new { migration.Module, migration.Name, migration.Checksum, now = time.GetUtcNow(), ms = (long)time.GetElapsedTime(started).TotalMilliseconds },
                cancellationToken: cancel));
        }
        catch (PostgresException failure)
        {
            throw Failed(migration, failure);
        }
    }

    private static MigrationException Failed(Migration migration, PostgresException failure)
    {
        var cure = failure.SqlState == PostgresErrorCodes.InsufficientPrivilege
            ? new Phrase("migration.rights")
            : new Phrase("migration.again");
        return new MigrationException(new Phrase("migration.failed", ("migration", migration), ("reason", Reason.Of(failure)), ("cure", cure)), failure);
    }

    private static MigrationException Changed(Migration migration) => new(new Phrase("migration.changed", ("migration", migration)));
}
