using System.Globalization;

namespace Switchyard.Server.Hosting;

/// <summary>
/// Keeps connections from using up the files that this process may open: the runtime itself does not survive that.
/// A client's connection may need a second one, to a provider.
/// </summary>
internal static class OpenFiles
{
    // Program files, journal, database pool, health probes.
    private const long Reserved = 300;
    private const long Least = 16;

    /// <summary>How many files this process may have open; null where that cannot be told.</summary>
    public static long? Limit { get; } = Read();

    /// <summary>As many connections as were asked for, or as many as there are files for.</summary>
    public static long ConnectionsFor(long asked) => Limit is { } limit ? Math.Min(asked, Math.Max((limit - Reserved) / 2, Least)) : asked;

    /// <summary>How many files so many connections need.</summary>
    public static long For(long connections) => (2 * connections) + Reserved;

    // The runtime raises its soft limit to the hard one when it starts.
    private static long? Read()
    {
        const string Name = "Max open files";
        if (!OperatingSystem.IsLinux()) return null;
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal));
        return long.TryParse(line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture, out var files) ? files : null;
    }
}
