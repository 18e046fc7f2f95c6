using System.Globalization;
using Switchyard.Platform.Access;

namespace Switchyard.Server.Tests.Running;

/// <summary>One row of <c>docs/endpoints.tsv</c>, the list of every route with the access that it needs.</summary>
public sealed record EndpointRow(string Id, string Method, string Path, string Module, string Access, string What)
{
    /// <summary>The grant that the access column names.</summary>
    public Grants Needed => Access == "anyone" ? Grants.None : Enum.Parse<Grants>(Access, ignoreCase: true);

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>Reads the list, and writes it anew when the environment says <c>SWITCHYARD_UPDATE=1</c>.</summary>
public static class EndpointList
{
    private const string Head = "row\tmethod\tpath\tmodule\taccess\twhat it does";

    private static readonly string File = Repository.Path("docs", "endpoints.tsv");

    /// <summary>Whether the tests that compare documents with the application write them instead.</summary>
    public static bool Writing { get; } = Environment.GetEnvironmentVariable("SWITCHYARD_UPDATE") == "1";

    public static IReadOnlyList<EndpointRow> Rows => _rows ??= Read();

    private static IReadOnlyList<EndpointRow>? _rows;

    /// <summary>Keeps the rows of what exists, adds one for each endpoint that has none.</summary>
    public static void Write(IReadOnlyList<MappedEndpoint> endpoints)
    {
        var mapped = endpoints.ToDictionary(e => e.ToString());
        var rows = Rows.Where(row => mapped.ContainsKey(row.ToString())).ToList();
        var next = Rows.Where(r => r.Id[0] == 'X').Select(r => int.Parse(r.Id[1..], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        foreach (var endpoint in endpoints.Where(e => rows.All(r => r.ToString() != e.ToString())).OrderBy(e => e.Path, StringComparer.Ordinal))
        {
            var access = endpoint.Needed switch { null => "?", Grants.None => "anyone", var needed => needed.Value.ToString().ToLowerInvariant() };
            var module = endpoint.Handler?.Assembly.GetName().Name!.Split('.')[^1] ?? "Platform";
            rows.Add(new EndpointRow($"X{++next:000}", endpoint.Method, endpoint.Path, module, access, endpoint.Summary));
        }

        System.IO.File.WriteAllLines(File, [Head, .. rows.Select(r => string.Join('\t', r.Id, r.Method, r.Path, r.Module, r.Access, r.What))]);
        _rows = rows;
    }

    private static List<EndpointRow> Read() =>
    [
        .. System.IO.File.ReadLines(File).Skip(1).Where(line => line.Length > 0)
            .Select(line => line.Split('\t'))
            .Select(c => new EndpointRow(c[0], c[1], c[2], c[3], c[4], c[5])),
    ];
}
