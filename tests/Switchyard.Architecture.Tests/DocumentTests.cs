using System.Text.RegularExpressions;

namespace Switchyard.Architecture.Tests;

/// <summary>Documents that fail the build when they lie.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        foreach (var document in SourceTree.Below("", ".md"))
        foreach (Match link in RelativeLink().Matches(SourceTree.Read(document)))
        {
            var target = Path.GetFullPath(link.Groups["target"].Value, Path.GetDirectoryName(Repository.Path(document))!);
            (File.Exists(target) || Directory.Exists(target)).ShouldBeTrue($"{document} links to {link.Groups["target"].Value}");
        }
    }

    [Fact]
    public void Every_file_and_project_that_a_command_or_recipe_names_exists()
    {
        foreach (var document in new[] { "README.md", "CONTRIBUTING.md", "ARCHITECTURE.md" })
        foreach (Match place in NamedPlace().Matches(SourceTree.Read(document)))
        {
            var path = Repository.Path(place.Value.TrimEnd('/', '.'));
            (File.Exists(path) || Directory.Exists(path)).ShouldBeTrue($"{document} names {place.Value}");
        }
    }

    [Fact]
    public void Every_command_that_the_readme_lists_exists()
    {
        var line = SourceTree.Read("README.md").Split('\n').Single(l => l.StartsWith("The command line:", StringComparison.Ordinal));
        foreach (Match verb in Verb().Matches(line))
            SourceTree.Below("src/Switchyard.Server/Commands/", "Command.cs")
                .ShouldContain($"src/Switchyard.Server/Commands/{char.ToUpperInvariant(verb.Groups["verb"].Value[0])}{verb.Groups["verb"].Value[1..]}Command.cs");
    }

    [Fact]
    public void Decisions_are_numbered_without_a_gap_and_name_what_was_rejected()
    {
        var decisions = SourceTree.Below("docs/decisions/", ".md").ToList();
        decisions.Select(d => int.Parse(Path.GetFileName(d)[..4], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, decisions.Count));
        decisions.ShouldAllBe(d => SourceTree.Read(d).Contains("## Rejected"));
    }

    [GeneratedRegex(@"\]\((?<target>(?!https?:|#|mailto:)[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"(?<![\w/])(src|tests|web|bench|docs)/[\w./-]*\w(?![\w{])/?(?!\{)")]
    private static partial Regex NamedPlace();

    [GeneratedRegex("`(?<verb>[a-z]+)`")]
    private static partial Regex Verb();
}
