using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Switchyard.Server.WebConsole;

/// <summary>One file of the built console.</summary>
/// <param name="Plain">Its bytes.</param>
/// <param name="Brotli">The same compressed; null where that does not pay.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Tag">Strong entity tag.</param>
/// <param name="ReadAt">Last write time of the file that was read.</param>
internal sealed record ConsoleFile(byte[] Plain, byte[]? Brotli, string ContentType, string Tag, DateTime ReadAt);

/// <summary>
/// The built console: beside the program (<c>wwwroot</c>, published) or in <c>web/dist</c> of the source tree.
/// Files are read once, with what the build packed beside them (<c>X.br</c>), and read again when a new build
/// replaced them. Thread-safe.
/// </summary>
internal sealed class ConsoleFiles
{
    private const int WorthCompressing = 1024;
    private readonly FileExtensionContentTypeProvider _types = new();
    private readonly ConcurrentDictionary<string, ConsoleFile> _read = new(StringComparer.Ordinal);

    /// <summary>Directory of the built console; null when it was not built.</summary>
    public string? Directory { get; } = Find();

    /// <summary>The file at a URL path; null when there is none.</summary>
    public ConsoleFile? Get(string path)
    {
        if (Directory is null || path.Contains("..", StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal)) return null;
        var full = Path.GetFullPath(Path.Combine(Directory, path.TrimStart('/')));
        if (!full.StartsWith(Directory + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(full)) return null;
        var written = File.GetLastWriteTimeUtc(full);
        if (_read.TryGetValue(full, out var file) && file.ReadAt == written) return file;
        return _read[full] = Read(full, written);
    }

    private ConsoleFile Read(string full, DateTime written)
    {
        var bytes = File.ReadAllBytes(full);
        var type = _types.TryGetContentType(full, out var known) ? known : "application/octet-stream";
        if (type.StartsWith("text/", StringComparison.Ordinal)) type += "; charset=utf-8";
        var isText = type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/javascript" or "image/svg+xml" or "application/manifest+json";
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"";
        return new ConsoleFile(bytes, isText && bytes.Length >= WorthCompressing ? Packed(full, written) ?? Compress(bytes) : null, type, tag, written);
    }

    private static byte[]? Packed(string full, DateTime written)
    {
        var packed = full + ".br";
        return File.Exists(packed) && File.GetLastWriteTimeUtc(packed) >= written ? File.ReadAllBytes(packed) : null;
    }

    // Somebody waits for this page: quickly, not tightly.
    private static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest)) brotli.Write(bytes);
        return packed.ToArray();
    }

    private static string? Find()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (File.Exists(Path.Combine(published, "index.html"))) return published;
        for (var d = AppContext.BaseDirectory; d is not null; d = Path.GetDirectoryName(d))
        {
            if (File.Exists(Path.Combine(d, "Switchyard.slnx"))) return Path.Combine(d, "web", "dist");
        }

        return null;
    }
}
