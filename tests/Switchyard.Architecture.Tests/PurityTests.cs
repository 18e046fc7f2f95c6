namespace Switchyard.Architecture.Tests;

/// <summary>Domain code computes: no web framework, no database, no clock, no network.</summary>
public sealed class PurityTests
{
    private static readonly string[] DomainFolders = ["src/Modules/Switchyard.Gateway/Wire/", "src/Switchyard.Contracts/"];

    private static readonly string[] Foreign =
        ["Microsoft.AspNetCore", "Npgsql", "Dapper", "System.Net.Http", "TimeProvider.System", "Environment.Get", "File."];

    [Fact]
    public void Domain_folders_use_neither_web_nor_database_nor_clock()
    {
        foreach (var file in DomainFolders.SelectMany(folder => SourceTree.Below(folder, ".cs")).Where(f => !AtTheDoor(f)))
        {
            var text = SourceTree.Read(file);
            foreach (var name in Foreign)
                text.Contains($" {name}", StringComparison.Ordinal).ShouldBeFalse($"{file} uses {name}");
        }
    }

    // The HTTP side of a dialect stands in its folder, and says so by its name.
    private static bool AtTheDoor(string file) =>
        file.EndsWith("Endpoint.cs", StringComparison.Ordinal) || file.EndsWith("Routes.cs", StringComparison.Ordinal);

    [Fact]
    public void No_warning_is_switched_off_without_a_reason()
    {
        foreach (var file in SourceTree.Below("src/", ".cs"))
        {
            var lines = File.ReadAllLines(Repository.Path(file));
            for (var i = 0; i < lines.Length; i++)
            {
                if (!lines[i].TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)) continue;
                (lines[i].Contains("//", StringComparison.Ordinal) || (i > 0 && lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal)))
                    .ShouldBeTrue($"{file}:{i + 1} gives no reason");
            }
        }
    }

    [Fact]
    public void Unfinished_work_is_not_left_in_the_source()
    {
        foreach (var file in SourceTree.Below("src/", ".cs").Concat(SourceTree.Below("web/src/", ".ts", ".tsx")))
        {
            var text = SourceTree.Read(file);
            foreach (var mark in new[] { "NotImplementedException", "TODO", "FIXME", "HACK" })
                text.Contains(mark, StringComparison.Ordinal).ShouldBeFalse($"{file} says {mark}");
        }
    }
}
