namespace Switchyard.Architecture.Tests;

/// <summary>Where things stand, and how large they may grow.</summary>
public sealed class LayoutTests
{
    private static readonly string[] NamelessFolders = ["Utils", "Util", "Helpers", "Helper", "Common", "Managers", "Misc", "Shared", "Stuff"];

    private static readonly string[] RootFiles =
    [
        ".editorconfig", ".gitattributes", ".gitignore", "ARCHITECTURE.md", "BannedSymbols.txt", "CHANGELOG.md", "CONTRIBUTING.md",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "LICENSE", "README.md", "SECURITY.md",
        "Switchyard.slnx", "global.json", "test",
    ];

    [Fact]
    public void No_folder_has_a_name_that_says_nothing()
    {
        var nameless = SourceTree.Files
            .SelectMany(f => f.Split('/').SkipLast(1))
            .Distinct()
            .Intersect(NamelessFolders, StringComparer.OrdinalIgnoreCase);

        nameless.ShouldBeEmpty("name a folder after what its files are for");
    }

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var long_ = SourceTree.Below("", ".cs", ".ts", ".tsx", ".css", ".sql", ".mjs")
            .Select(f => (File: f, Lines: File.ReadLines(Repository.Path(f)).Count()))
            .Where(f => f.Lines > 400);

        long_.ShouldBeEmpty("split it by what it can do");
    }

    [Fact]
    public void A_modules_table_of_contents_fits_a_screen_and_the_programs_too()
    {
        foreach (var file in SourceTree.Below("src/", "Module.cs").Where(f => f.EndsWith("/" + Path.GetFileName(f), StringComparison.Ordinal)))
            File.ReadLines(Repository.Path(file)).Count().ShouldBeLessThanOrEqualTo(120, file);
        File.ReadLines(Repository.Path("src/Switchyard.Server/Program.cs")).Count().ShouldBeLessThan(100);
    }

    [Fact]
    public void Every_module_has_a_readme_that_names_its_addresses_events_and_tables()
    {
        foreach (var module in SourceTree.Modules)
        {
            var readme = $"{module}/README.md";
            File.Exists(Repository.Path(readme)).ShouldBeTrue($"{readme} is missing");
            var text = SourceTree.Read(readme);
            foreach (var heading in new[] { "## URLs", "## Events", "## Tables" }) text.ShouldContain(heading, customMessage: readme);
        }
    }

    [Fact]
    public void The_licence_is_mit() => SourceTree.Read("LICENSE").ShouldStartWith("MIT License");

    [Fact]
    public void The_root_stays_clean() =>
        SourceTree.Files.Where(f => !f.Contains('/', StringComparison.Ordinal)).Except(RootFiles)
            .ShouldBeEmpty("put it where it belongs; the root is what a newcomer sees first");

    [Fact]
    public void Every_source_project_has_its_test_project()
    {
        foreach (var project in SourceTree.Below("src/", ".csproj").Select(Path.GetFileNameWithoutExtension).Where(p => p != "Switchyard.Contracts"))
            File.Exists(Repository.Path("tests", $"{project}.Tests", $"{project}.Tests.csproj")).ShouldBeTrue($"tests/{project}.Tests is missing");
    }

    [Fact]
    public void The_solution_lists_every_project()
    {
        var solution = SourceTree.Read("Switchyard.slnx");
        foreach (var project in SourceTree.Below("", ".csproj")) solution.ShouldContain(project);
    }
}
