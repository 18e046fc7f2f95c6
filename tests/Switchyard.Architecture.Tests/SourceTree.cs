using System.Diagnostics;

namespace Switchyard.Architecture.Tests;

/// <summary>The repository's own files: what git knows, and what is new and not ignored.</summary>
internal static class SourceTree
{
    /// <summary>Paths relative to the root.</summary>
    public static IReadOnlyList<string> Files { get; } = List();

    /// <summary>Projects under <c>src/Modules</c>, by folder.</summary>
    public static IReadOnlyList<string> Modules { get; } =
        [.. Files.Where(f => f.StartsWith("src/Modules/", StringComparison.Ordinal)).Select(f => string.Join('/', f.Split('/')[..3])).Distinct()];

    /// <summary>Files with one of <paramref name="endings"/> below <paramref name="folder"/>.</summary>
    public static IEnumerable<string> Below(string folder, params string[] endings) =>
        Files.Where(f => f.StartsWith(folder, StringComparison.Ordinal) && endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)));

    public static string Read(string file) => File.ReadAllText(Repository.Path(file));

    private static List<string> List()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(f => File.Exists(Repository.Path(f))).Order(StringComparer.Ordinal)];
    }
}
