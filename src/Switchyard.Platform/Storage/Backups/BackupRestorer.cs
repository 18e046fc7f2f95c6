using Dapper;
using Npgsql;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Migrations;

namespace Switchyard.Platform.Storage.Backups;

/// <summary>
/// Puts a backup into a database, in one transaction: killed at any moment, nothing has happened. The scripts that
/// had run when the backup was taken run first, then the rows come, then every foreign key is checked again.
/// </summary>
public sealed class BackupRestorer(NpgsqlDataSource source, IReadOnlyList<Migration> migrations, Migrator migrator)
{
    /// <summary>Restores <paramref name="backup"/>.</summary>
    /// <param name="backup">The file.</param>
    /// <param name="replace">Whether what is there may be removed.</param>
    /// <param name="progress">Told before each table.</param>
    /// <param name="cancel">Gives up; nothing has happened then.</param>
    /// <exception cref="BackupException">The database is not empty, or the backup does not fit or is damaged.</exception>
    public async Task RestoreAsync(BackupFile backup, bool replace, Action<string, int, int>? progress, CancellationToken cancel)
    {
        var manifest = backup.Manifest;
        var scripts = Scripts(manifest);
        var schemas = scripts.Select(m => m.Module).Append("platform").Distinct().ToArray();
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, "set local statement_timeout = 0", cancel);
        await ClearAsync(connection, replace, cancel);
        await migrator.ApplyAllAsync(connection, scripts, cancel);
        // From here on every name that PostgreSQL gives us must carry its schema.
        await RunAsync(connection, "set local search_path = ''", cancel);
        var catalog = new SchemaCatalog(connection, schemas);
        await PartitionAsync(connection, catalog, manifest, cancel);
        var keys = await catalog.ForeignKeysAsync(cancel);
        foreach (var (table, name, _) in keys) await RunAsync(connection, $"alter table {table} drop constraint {name}", cancel);
        var tables = await catalog.TablesAsync(cancel);
        foreach (var (name, _, _) in tables) await RunAsync(connection, $"alter table {name} disable trigger user", cancel);
        if (tables.Count > 0) await RunAsync(connection, $"truncate {string.Join(", ", tables.Select(t => t.Name))}", cancel);
        for (var i = 0; i < manifest.Tables.Count; i++)
        {
            progress?.Invoke(manifest.Tables[i].Name, i, manifest.Tables.Count);
            await FillAsync(connection, backup, manifest.Tables[i], cancel);
        }

        foreach (var (name, _, _) in tables) await RunAsync(connection, $"alter table {name} enable trigger user", cancel);
        foreach (var (table, name, definition) in keys) await RunAsync(connection, $"alter table {table} add constraint {name} {definition}", cancel);
        foreach (var sequence in manifest.Sequences)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "select setval(@Name::regclass, @Value, @Called)", new { sequence.Name, sequence.Value, sequence.Called }, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>Restores into a database made for it, compares, and drops it again.</summary>
    /// <returns>False when this user may not create databases.</returns>
    /// <exception cref="BackupException">The backup could not be restored.</exception>
    public static async Task<bool> TryOutAsync(
        BackupFile backup, string connectionString, IReadOnlyList<Migration> migrations, Func<NpgsqlDataSource, Migrator> migrator, CancellationToken cancel)
    {
        var scratch = $"switchyard_verify_{Environment.ProcessId}";
        await using var admin = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await admin.OpenAsync(cancel);
        try
        {
            await RunAsync(admin, $"create database {scratch} template template0", cancel);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }

        try
        {
            await using var there = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Database = scratch, Pooling = false }.ConnectionString);
            await new BackupRestorer(there, migrations, migrator(there)).RestoreAsync(backup, replace: false, null, cancel);
        }
        finally
        {
            await RunAsync(admin, $"drop database {scratch} with (force)", CancellationToken.None);
        }

        return true;
    }

    private List<Migration> Scripts(BackupManifest manifest)
    {
        var needed = manifest.Migrations.ToDictionary(m => (m.Module, m.Name), m => m.Checksum);
        var found = migrations.Where(m => needed.TryGetValue((m.Module, m.Name), out var checksum) && checksum == m.Checksum).ToList();
        if (found.Count == needed.Count) return found;
        var missing = needed.Keys.Except(found.Select(m => (m.Module, m.Name))).Select(m => $"{m.Module}/{m.Name}");
        throw new BackupException(new Phrase("backup.migrations", ("version", manifest.Switchyard), ("missing", string.Join(", ", missing))));
    }

    private async Task ClearAsync(NpgsqlConnection connection, bool replace, CancellationToken cancel)
    {
        var schemas = migrations.Select(m => m.Module).Append("platform").Distinct().ToArray();
        var present = (await connection.QueryAsync<string>(new CommandDefinition(
            "select nspname from pg_namespace where nspname = any(@schemas)", new { schemas }, cancellationToken: cancel))).AsList();
        if (present.Count == 0) return;
        if (!replace)
            throw new BackupException(new Phrase("backup.occupied"));
        await RunAsync(connection, $"drop schema {string.Join(", ", present.Select(s => $"\"{s}\""))} cascade", cancel);
    }

    private static async Task PartitionAsync(NpgsqlConnection connection, SchemaCatalog catalog, BackupManifest manifest, CancellationToken cancel)
    {
        foreach (var partition in await catalog.PartitionsAsync(cancel)) await RunAsync(connection, $"drop table {partition.Name}", cancel);
        foreach (var partition in manifest.Partitions)
            await RunAsync(connection, $"create table {partition.Name} partition of {partition.Parent} {partition.Bound}", cancel);
    }

    private static async Task FillAsync(NpgsqlConnection connection, BackupFile backup, BackupTable table, CancellationToken cancel)
    {
        await using (var rows = backup.OpenTable(table))
        {
            await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy {table.Name} ({string.Join(", ", table.Columns)}) from stdin (format binary)", cancel))
                await rows.CopyToAsync(copy, 1 << 17, cancel);
            backup.Confirm(table, rows);
        }

        var count = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"select count(*) from {table.Name}", commandTimeout: 0, cancellationToken: cancel));
        if (count != table.Rows) throw new BackupException(new Phrase("backup.count", ("table", table.Name), ("count", count), ("expected", table.Rows)));
    }

    // Not through Dapper: definitions may hold characters that it takes for parameters.
    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
