using System.IO.Compression;
using System.Text.Json;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Backups;

/// <summary>An existing backup, open for reading.</summary>
public sealed class BackupFile : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly string _path;

    private BackupFile(string path, ZipArchive archive, BackupManifest manifest) => (_path, _archive, Manifest) = (path, archive, manifest);

    /// <summary>What it holds.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Opens a file and reads its manifest.</summary>
    /// <exception cref="BackupException">It is no backup, or was cut short.</exception>
    public static BackupFile Open(string path)
    {
        ZipArchive? archive = null;
        try
        {
            archive = ZipFile.OpenRead(path);
            var entry = archive.GetEntry(BackupManifest.EntryName) ?? throw new BackupException(new Phrase("backup.manifest.missing", ("path", path)));
            using var stream = entry.Open();
            var manifest = JsonSerializer.Deserialize<BackupManifest>(stream, JsonSerializerOptions.Web) ?? throw new BackupException(new Phrase("backup.manifest.empty", ("path", path)));
            if (manifest.Format != BackupManifest.CurrentFormat)
                throw new BackupException(new Phrase("backup.format", ("path", path), ("format", manifest.Format), ("version", manifest.Switchyard)));
            return new BackupFile(path, archive, manifest);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            archive?.Dispose();
            throw new BackupException(new Phrase("backup.unreadable", ("path", path), ("reason", Reason.Of(fault))), fault);
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    /// <summary>Reads every byte and compares it with what was written.</summary>
    /// <exception cref="BackupException">Something is missing or damaged; names the table.</exception>
    public async Task VerifyAsync(CancellationToken cancel)
    {
        foreach (var table in Manifest.Tables)
        {
            try
            {
                await using var rows = OpenTable(table);
                await rows.CopyToAsync(Stream.Null, cancel);
                Confirm(table, rows);
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException)
            {
                throw new BackupException(new Phrase("backup.damaged.rows", ("path", _path), ("table", table.Name)), fault);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    /// <summary>The rows of a table; <see cref="Confirm"/> them after reading.</summary>
    internal HashingStream OpenTable(BackupTable table) =>
        new((_archive.GetEntry(table.Entry) ?? throw new BackupException(new Phrase("backup.damaged.missing", ("path", _path), ("table", table.Name)))).Open());

    /// <summary>Throws unless what was read is what was written.</summary>
    internal void Confirm(BackupTable table, HashingStream read)
    {
        if (read.Finish() != table.Sha256) throw new BackupException(new Phrase("backup.damaged.checksum", ("path", _path), ("table", table.Name)));
    }
}
