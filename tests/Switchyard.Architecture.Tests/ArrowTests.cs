using System.Xml.Linq;

namespace Switchyard.Architecture.Tests;

/// <summary>Server → Modules → Platform → Contracts, and nothing else.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Sources =
        [.. Directory.GetFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories).Order()];

    public static TheoryData<string> Projects => [.. Sources.Select(p => Path.GetRelativePath(Repository.Root, p))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_lies_below_it(string project)
    {
        var layer = LayerOf(project);
        foreach (var target in ReferencesOf(Repository.Path(project)))
        {
            LayerOf(target).ShouldBeLessThan(layer, $"{project} must not refer to {target}");
        }
    }

    [Fact]
    public void The_server_refers_to_every_module()
    {
        var server = ReferencesOf(Repository.Path("src", "Switchyard.Server", "Switchyard.Server.csproj"));
        foreach (var module in Sources.Where(p => p.Contains("/Modules/", StringComparison.Ordinal)))
            server.ShouldContain(Path.GetRelativePath(Repository.Root, module));
    }

    private static int LayerOf(string project) => project switch
    {
        _ when project.Contains("/Modules/", StringComparison.Ordinal) => 2,
        _ when project.EndsWith("Switchyard.Contracts.csproj", StringComparison.Ordinal) => 0,
        _ when project.EndsWith("Switchyard.Platform.csproj", StringComparison.Ordinal) => 1,
        _ when project.EndsWith("Switchyard.Server.csproj", StringComparison.Ordinal) => 3,
        _ => throw new InvalidOperationException($"{project} has no place in the layout: Contracts, Platform, Modules/*, Server."),
    };

    private static List<string> ReferencesOf(string project) =>
    [
        .. XDocument.Load(project).Descendants("ProjectReference")
            .Select(r => r.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(r => Path.GetRelativePath(Repository.Root, Path.GetFullPath(r, Path.GetDirectoryName(project)!))),
    ];
}
