using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Switchyard.Platform.Storage.Snapshots;

/// <summary>
/// The last good copy of a snapshot as a file that only this account may read, replaced in one step. A file that
/// cannot be written or read costs only the start without a database, so it is reported and no more.
/// </summary>
/// <param name="path">Where; null keeps no copy.</param>
/// <param name="log">Told about trouble.</param>
/// <typeparam name="T">What is kept, as JSON.</typeparam>
public sealed class LastGoodFile<T>(string? path, ILogger log)
    where T : class
{
    private byte[] _written = [];

    /// <summary>The copy; null where there is none that can be read.</summary>
    public T? Read()
    {
        try
        {
            return path is not null && File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), JsonSerializerOptions.Web) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogWarning(error, "The last good copy {File} could not be read", Path.GetFileName(path));
            return null;
        }
    }

    /// <summary>Replaces the copy; nothing happens when it would not change.</summary>
    public void Write(T value)
    {
        if (path is null) return;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web);
        if (bytes.AsSpan().SequenceEqual(_written)) return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = path + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(draft, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
            _written = bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(error, "The last good copy {File} could not be written", Path.GetFileName(path));
        }
    }
}
