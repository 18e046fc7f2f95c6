using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>Where everything lives that this machine must keep: embedded database, master key, journal.</summary>
/// <param name="Root">Absolute path.</param>
public sealed record DataDirectory(string Root)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Traverse = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What the embedded server keeps: cluster, socket, password, port.</summary>
    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary><paramref name="given"/>, or <c>/var/lib/switchyard</c> for root, or <c>$XDG_DATA_HOME/switchyard</c> for others.</summary>
    public static DataDirectory At(string? given)
    {
        if (!string.IsNullOrWhiteSpace(given)) return new DataDirectory(Path.GetFullPath(given));
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess) return new DataDirectory("/var/lib/switchyard");
        var home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (string.IsNullOrEmpty(home) || !Path.IsPathRooted(home))
            home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new DataDirectory(Path.Combine(home, "switchyard"));
    }

    /// <summary>Creates the directory, closed to others; <paramref name="account"/> may pass through it, not list it.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be created, or the account cannot reach it.</exception>
    public void Create(ServerAccount? account)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Root);
                return;
            }

            Directory.CreateDirectory(Root, account is null ? Owner : Owner | Traverse);
            if (account is null) return;
            File.SetUnixFileMode(Root, File.GetUnixFileMode(Root) | Traverse);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException(new Phrase("data.unusable", ("path", Root), ("reason", Reason.Of(fault))), fault);
        }

        if (Blocking(Root) is { } closed)
            throw new EmbeddedPostgresException(new Phrase("data.closed", ("user", account.Name), ("path", closed)));
    }

    /// <summary>The same directory with every symbolic link followed, as the system reports it for processes.</summary>
    public DataDirectory Resolved()
    {
        var path = Path.GetPathRoot(Root)!;
        foreach (var name in Root[path.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, name);
            path = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }

        return new DataDirectory(path);
    }

    /// <summary>The first directory above <paramref name="path"/> that others cannot pass through; null when all are open.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static string? Blocking(string path)
    {
        for (var d = Path.GetDirectoryName(path); d is not null; d = Path.GetDirectoryName(d))
        {
            if ((File.GetUnixFileMode(d) & UnixFileMode.OtherExecute) == 0) return d;
        }

        return null;
    }
}
