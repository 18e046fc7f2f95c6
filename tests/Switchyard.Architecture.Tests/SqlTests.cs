using System.Text.RegularExpressions;

namespace Switchyard.Architecture.Tests;

/// <summary>Each module owns its schema; the others meet it in events and ports.</summary>
public sealed partial class SqlTests
{
    [Fact]
    public void No_module_reads_or_writes_anothers_schema()
    {
        var schemas = Owners().Select(o => o.Schema).ToHashSet();
        foreach (var (folder, own) in Owners())
        foreach (var file in SourceTree.Below(folder, ".cs", ".sql"))
        foreach (Match match in Table().Matches(SourceTree.Read(file)))
        {
            var schema = match.Groups["schema"].Value;
            if (schemas.Contains(schema)) schema.ShouldBe(own, $"{file}: {match.Value}");
        }
    }

    [Fact]
    public void Migrations_are_numbered_once_lower_case_and_reversible_in_a_roll_out()
    {
        foreach (var (folder, _) in Owners())
        {
            var names = SourceTree.Below(folder, ".sql").Where(f => f.Contains("/Migrations/", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)!).ToList();
            names.ShouldAllBe(n => Numbered().IsMatch(n));
            names.Select(n => n[..4]).ShouldBeUnique(folder);
        }

        // Nodes of this version and of the one before run side by side: expand now, contract a release later.
        foreach (var script in SourceTree.Below("src/", ".sql"))
            Contracting().IsMatch(SourceTree.Read(script)).ShouldBeFalse($"{script} takes something away that the version before still uses");
    }

    [Fact]
    public void Every_table_says_whose_rows_it_holds()
    {
        foreach (var script in SourceTree.Below("src/", ".sql"))
        foreach (Match table in CreatedTable().Matches(SourceTree.Read(script)))
        {
            var name = table.Groups["name"].Value.Split('.')[^1];
            if (Installation.Contains(name) || name.StartsWith("qrtz_", StringComparison.Ordinal)) continue;
            table.Groups["body"].Value.ShouldContain("tenant_id", customMessage: $"{script}: {name}");
        }
    }

    /// <summary>Tables of the installation as a whole, which belong to no tenant.</summary>
    private static readonly string[] Installation = ["tenants", "settings", "nodes", "event_consumers", "events_floor", "journal_positions", "master_key"];

    private static IEnumerable<(string Folder, string Schema)> Owners()
    {
        yield return ("src/Switchyard.Platform/", "platform");
        foreach (var module in SourceTree.Modules)
            yield return ($"{module}/", module.Split("Switchyard.")[^1].ToLowerInvariant());
    }

    [GeneratedRegex(@"\b(from|join|into|update|table|truncate|references|copy|on)\s+(only\s+|if\s+(not\s+)?exists\s+)?(?<schema>[a-z_]+)\.[a-z_]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Table();

    [GeneratedRegex("^[0-9]{4}_[a-z0-9_]+\\.sql$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\s*(drop\s+(table|schema)|alter\s+table\s+\S+\s+(drop\s+column|rename))", RegexOptions.Multiline)]
    private static partial Regex Contracting();

    [GeneratedRegex(@"^create (unlogged )?table (if not exists )?(?<name>[a-z_.]+) \((?<body>.*?)^\)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CreatedTable();
}
