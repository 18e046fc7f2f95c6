using System.Globalization;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Storage.Embedded;

/// <summary>The unprivileged user that PostgreSQL runs as when Switchyard was started by root, which PostgreSQL refuses.</summary>
/// <param name="Name">Login name.</param>
/// <param name="UserId">Numeric user.</param>
/// <param name="GroupId">Numeric primary group.</param>
public sealed record ServerAccount(string Name, uint UserId, uint GroupId)
{
    private static readonly string[] Candidates = ["switchyard", "postgres", "nobody"];

    /// <summary>The account to drop to, or null when this process is unprivileged already.</summary>
    /// <exception cref="EmbeddedPostgresException">No suitable account, or no <c>setpriv</c> to change to it.</exception>
    public static ServerAccount? Needed()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return null;
        if (FindProgram("setpriv") is null)
            throw new EmbeddedPostgresException(new Phrase("postgres.setpriv"));
        var known = File.ReadLines("/etc/passwd").Select(Parse).OfType<ServerAccount>().ToDictionary(a => a.Name);
        return Candidates.Select(known.GetValueOrDefault).FirstOrDefault(a => a is not null)
            ?? throw new EmbeddedPostgresException(new Phrase("postgres.nobody", ("users", string.Join(", ", Candidates))));
    }

    /// <summary>Full path of a program on the search path, or null.</summary>
    internal static string? FindProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/bin").Append("/bin")
            .Where(d => d.Length > 0)
            .Select(d => Path.Combine(d, name))
            .FirstOrDefault(File.Exists);

    private static ServerAccount? Parse(string line)
    {
        var fields = line.Split(':');
        return fields.Length > 3
            && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            && uint.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            && user != 0
                ? new ServerAccount(fields[0], user, group)
                : null;
    }
}
