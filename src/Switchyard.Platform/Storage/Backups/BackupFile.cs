using System.IO.Compression;
using System.Text.Json;

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
            var entry = archive.GetEntry(BackupManifest.EntryName) ?? throw new InvalidDataException("it has no manifest");
            using var stream = entry.Open();
            var manifest = JsonSerializer.Deserialize<BackupManifest>(stream, JsonSerializerOptions.Web) ?? throw new InvalidDataException("its manifest is empty");
            if (manifest.Format != BackupManifest.CurrentFormat)
                throw new BackupException($"{path} has format {manifest.Format}, written by Switchyard {manifest.Switchyard}. Use that version or a newer one.");
            return new BackupFile(path, archive, manifest);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            archive?.Dispose();
            throw new BackupException($"{path} cannot be read as a backup: {fault.Message}", fault);
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
                throw new BackupException($"{_path} is damaged: the rows of {table.Name} cannot be read.", fault);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    /// <summary>The rows of a table; <see cref="Confirm"/> them after reading.</summary>
    internal HashingStream OpenTable(BackupTable table) =>
        new((_archive.GetEntry(table.Entry) ?? throw new BackupException($"{_path} is damaged: the rows of {table.Name} are missing.")).Open());

    /// <summary>Throws unless what was read is what was written.</summary>
    internal void Confirm(BackupTable table, HashingStream read)
    {
        if (read.Finish() != table.Sha256) throw new BackupException($"{_path} is damaged: the rows of {table.Name} do not have their checksum.");
    }
}
