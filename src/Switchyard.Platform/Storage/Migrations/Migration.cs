using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Switchyard.Platform.Modules;

namespace Switchyard.Platform.Storage.Migrations;

/// <summary>One numbered SQL script of a module.</summary>
/// <param name="Module">The module's name, which is also its schema.</param>
/// <param name="Number">Order within the module.</param>
/// <param name="Name">File name without extension, for example <c>0001_tenants</c>.</param>
/// <param name="Sql">The script; runs in one transaction with the module's schema first in the search path.</param>
public sealed partial record Migration(string Module, int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the script as lower-case hex; line ends do not count, so that a checkout on Windows agrees.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>Module and name, as people write it: <c>platform/0001_tenants</c>.</summary>
    public override string ToString() => $"{Module}/{Name}";

    /// <summary>All scripts of <paramref name="modules"/>, module by module in the given order, by number.</summary>
    /// <exception cref="InvalidOperationException">A script's name has no number, or two share one.</exception>
    public static IReadOnlyList<Migration> Of(IEnumerable<IModule> modules) =>
        [.. modules.SelectMany(m => Read(m.Name, m.GetType().Assembly))];

    /// <summary>The scripts of one assembly by number.</summary>
    public static IReadOnlyList<Migration> Read(string module, Assembly assembly)
    {
        var found = assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal) && n.Contains(".Migrations.", StringComparison.Ordinal))
            .Select(n => Load(module, assembly, n))
            .OrderBy(m => m.Number)
            .ToArray();
        var twice = found.GroupBy(m => m.Number).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? found
            : throw new InvalidOperationException($"Migrations share a number: {string.Join(", ", twice)}. Renumber one.");
    }

    private static Migration Load(string module, Assembly assembly, string resource)
    {
        var match = NumberedName().Match(resource);
        if (!match.Success)
            throw new InvalidOperationException($"Migration '{resource}' must be named NNNN_name.sql.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var number = int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        return new Migration(module, number, match.Groups[1].Value, reader.ReadToEnd());
    }

    [GeneratedRegex(@"\.Migrations\.(([0-9]{4})_[a-z0-9_]+)\.sql$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NumberedName();
}
