using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Switchyard.Server.Tests.Running;

namespace Switchyard.Server.Tests.Documents;

/// <summary><c>docs/map.md</c> leads from every address and screen to the file that makes it; it is written by this test.</summary>
public sealed partial class MapTests(RunningNode node) : IClassFixture<RunningNode>
{
    private const string OpenApiFile = "src/Switchyard.Platform/Http/OpenApi/OpenApiServices.cs";

    private static readonly string File = Repository.Path("docs", "map.md");

    [Fact]
    public void The_map_agrees_with_the_application()
    {
        var map = Draw();
        if (EndpointList.Writing) System.IO.File.WriteAllText(File, map);

        System.IO.File.ReadAllText(File).ShouldBe(map, "run the tests with SWITCHYARD_UPDATE=1 and commit docs/map.md");
    }

    [Fact]
    public void Every_screen_of_the_console_has_its_file()
    {
        var screens = Screens().ToList();
        screens.ShouldContain(s => s.Route == "/");
        screens.ShouldAllBe(s => System.IO.File.Exists(Repository.Path(s.File)));
    }

    [Fact]
    public void Every_endpoint_has_a_file_and_a_summary()
    {
        foreach (var endpoint in node.Endpoints)
        {
            endpoint.Summary.ShouldNotBeNullOrWhiteSpace($"{endpoint} needs WithSummary");
            FileOf(endpoint).ShouldNotBeNull($"{endpoint} is handled in {endpoint.Handler}");
        }
    }

    private string Draw()
    {
        var map = new StringBuilder("""
            # Map: from address and screen to file

            Written by the tests (`SWITCHYARD_UPDATE=1 ./test --only Server`); do not edit.

            ## Addresses

            | address | access | file |
            |---|---|---|

            """);
        foreach (var endpoint in node.Endpoints.OrderBy(e => e.Path, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal))
        {
            var file = FileOf(endpoint) ?? "?";
            map.Append(CultureInfo.InvariantCulture, $"| `{endpoint}` | {(endpoint.Needed == Platform.Access.Grants.None ? "anyone" : endpoint.Needed?.ToString().ToLowerInvariant())} | [{Path.GetFileName(file)}](../{file}) |\n");
        }

        map.Append("\n## Screens\n\n| address | file |\n|---|---|\n");
        foreach (var (route, file) in Screens()) map.Append(CultureInfo.InvariantCulture, $"| `{route}` | [{file["web/src/".Length..]}](../{file}) |\n");
        return map.ToString();
    }

    private static string? FileOf(MappedEndpoint endpoint)
    {
        if (endpoint.Handler is not { } type) return null;
        while (type.DeclaringType is { } outer) type = outer;
        var assembly = type.Assembly.GetName().Name == "switchyard" ? "Switchyard.Server" : type.Assembly.GetName().Name!;
        // The framework's own endpoint (the OpenAPI document) is ours by the file that maps it.
        if (!assembly.StartsWith("Switchyard", StringComparison.Ordinal)) return OpenApiFile;
        var root = Directory.Exists(Repository.Path("src", assembly)) ? $"src/{assembly}" : $"src/Modules/{assembly}";
        return Directory.EnumerateFiles(Repository.Path(root), $"{type.Name}.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f))
            .FirstOrDefault(f => System.IO.File.ReadAllText(Repository.Path(f)).Contains($"namespace {type.Namespace};", StringComparison.Ordinal));
    }

    /// <summary>The console's routes: each lazy import in its table of routes.</summary>
    private static IEnumerable<(string Route, string File)> Screens()
    {
        var table = Repository.Path("web", "src", "app", "routes.tsx");
        if (!System.IO.File.Exists(table)) return [];
        return ScreenRoute().Matches(System.IO.File.ReadAllText(table))
            .Select(m => ($"/{m.Groups["route"].Value.TrimStart('/')}", $"web/src/{m.Groups["file"].Value}.tsx"))
            .OrderBy(s => s.Item1, StringComparer.Ordinal);
    }

    [GeneratedRegex("""'(?<route>/[^']*)':\s*screen\(\(\)\s*=>\s*import\('@/(?<file>[^']*)'\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex ScreenRoute();
}
