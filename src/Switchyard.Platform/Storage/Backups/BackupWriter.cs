using System.Data;
using System.IO.Compression;
using System.Text.Json;
using Dapper;
using Npgsql;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Operations;

namespace Switchyard.Platform.Storage.Backups;

/// <summary>
/// Writes everything the modules keep into one file, as of one moment, while the service runs. The rows are in
/// PostgreSQL's own COPY form, so that a backup can be restored into any later version, embedded or external.
/// </summary>
public sealed class BackupWriter(NpgsqlDataSource source, IReadOnlyList<string> schemas, TimeProvider time)
{
    /// <summary>Writes <paramref name="path"/>, complete or not at all.</summary>
    /// <param name="path">File to write; an existing one is refused.</param>
    /// <param name="progress">Told before each table.</param>
    /// <param name="cancel">Gives up and leaves no file.</param>
    /// <exception cref="BackupException">The file exists or cannot be written.</exception>
    public async Task<BackupManifest> WriteAsync(string path, Action<string, int, int>? progress, CancellationToken cancel)
    {
        if (File.Exists(path)) throw new BackupException(new Phrase("backup.exists", ("path", path)));
        var unfinished = path + ".unfinished";
        try
        {
            BackupManifest manifest;
            // It holds everything but the master key: nobody else may read it.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var file = new FileStream(unfinished, options))
            {
                using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                    manifest = await WriteAsync(archive, progress, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path);
            return manifest;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(new Phrase("backup.unwritable", ("path", path), ("reason", Reason.Of(fault))), fault);
        }
        finally
        {
            // Where its directory is missing, deleting would fail and hide why.
            if (File.Exists(unfinished)) File.Delete(unfinished);
        }
    }

    private async Task<BackupManifest> WriteAsync(ZipArchive archive, Action<string, int, int>? progress, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await connection.ExecuteAsync(new CommandDefinition("set transaction read only; set local statement_timeout = 0", cancellationToken: cancel));
        var catalog = new SchemaCatalog(connection, [.. schemas]);
        var tables = await catalog.TablesAsync(cancel);
        List<BackupTable> written = [];
        foreach (var (name, partitioned, columns) in tables)
        {
            progress?.Invoke(name, written.Count, tables.Count);
            written.Add(await WriteTableAsync(connection, archive, name, partitioned, columns, cancel));
        }

        var migrations = await connection.QueryAsync<(string Module, string Name, string Checksum)>(
            new CommandDefinition("select module, name, checksum from platform.migrations order by module, name", cancellationToken: cancel));
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat,
            NodeIdentity.Version,
            connection.PostgreSqlVersion.ToString(),
            time.GetUtcNow(),
            [.. migrations.Select(m => new BackupMigration(m.Module, m.Name, m.Checksum))],
            await catalog.PartitionsAsync(cancel),
            written,
            await catalog.SequencesAsync(cancel));
        await using var entry = archive.CreateEntry(BackupManifest.EntryName).Open();
        await JsonSerializer.SerializeAsync(entry, manifest, JsonSerializerOptions.Web, cancel);
        return manifest;
    }

    private static async Task<BackupTable> WriteTableAsync(
        NpgsqlConnection connection, ZipArchive archive, string name, bool partitioned, string[] columns, CancellationToken cancel)
    {
        var list = string.Join(", ", columns);
        var rows = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"select count(*) from {name}", commandTimeout: 0, cancellationToken: cancel));
        var table = new BackupTable(name, columns, rows, "");
        await using var entry = archive.CreateEntry(table.Entry, CompressionLevel.Fastest).Open();
        await using var hashing = new HashingStream(entry);
        var from = partitioned ? $"(select {list} from {name})" : $"{name} ({list})";
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy {from} to stdout (format binary)", cancel))
            await copy.CopyToAsync(hashing, 1 << 17, cancel);
        return table with { Sha256 = hashing.Finish() };
    }
}
