using System.Xml.Linq;

namespace Switchyard.Architecture.Tests;

/// <summary>Versions stand in one place, and what is restored is what was reviewed.</summary>
public sealed class PackageTests
{
    private static readonly string[] Projects = [.. SourceTree.Below("", ".csproj")];

    [Fact]
    public void No_project_names_a_version_of_its_own()
    {
        foreach (var project in Projects)
        foreach (var reference in Load(project).Descendants("PackageReference"))
        {
            reference.Attribute("Version").ShouldBeNull($"{project}: {reference.Attribute("Include")?.Value}");
            reference.Attribute("VersionOverride").ShouldBeNull($"{project}: {reference.Attribute("Include")?.Value}");
        }
    }

    [Fact]
    public void Every_central_version_is_exact()
    {
        foreach (var version in Load("Directory.Packages.props").Descendants("PackageVersion"))
        {
            var name = version.Attribute("Include")!.Value;
            version.Attribute("Version")!.Value.ShouldMatch(@"^\d+\.\d+\.\d+(-[\w.]+)?$", customMessage: name);
        }
    }

    [Fact]
    public void Every_project_has_its_lock_file()
    {
        foreach (var project in Projects)
        {
            if (Load(project).Descendants("RestorePackagesWithLockFile").Any(e => e.Value == "false")) continue;
            SourceTree.Files.ShouldContain($"{Path.GetDirectoryName(project)}/packages.lock.json");
        }
    }

    [Fact]
    public void Npm_packages_are_locked_and_no_lock_file_names_a_host()
    {
        foreach (var package in SourceTree.Below("", "package.json"))
        {
            var locked = Path.Combine(Path.GetDirectoryName(package)!, "package-lock.json");
            SourceTree.Files.ShouldContain(locked);
            SourceTree.Read(locked).ShouldNotContain("\"resolved\": \"http", Case.Sensitive, customMessage: locked);
        }
    }

    private static XDocument Load(string file) => XDocument.Load(Repository.Path(file));
}
