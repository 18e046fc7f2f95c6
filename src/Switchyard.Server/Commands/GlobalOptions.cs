using System.CommandLine;
using Switchyard.Platform.Configuration;

namespace Switchyard.Server.Commands;

/// <summary>Options that every command understands; <see cref="CommandTexts"/> says what for.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Data { get; } = new("--data") { Recursive = true };

    public static Option<string?> Database { get; } = new("--database") { Recursive = true };

    public static Option<string?> Config { get; } = new("--config") { Recursive = true };

    public static Option<bool> Json { get; } = new("--json") { Recursive = true };

    /// <summary>The settings given on the command line, by key.</summary>
    public static Dictionary<string, (string Value, string Option)> Read(ParseResult parsed)
    {
        var given = new Dictionary<string, (string Value, string Option)>(StringComparer.OrdinalIgnoreCase);
        if (parsed.GetValue(Data) is { Length: > 0 } data) given[HostSettings.DataDirectory] = (Path.GetFullPath(data), "--data");
        if (parsed.GetValue(Database) is { Length: > 0 } database) given[HostSettings.Database] = (database, "--database");
        if (parsed.GetValue(Config) is { Length: > 0 } config) given[HostSettings.Config] = (config, "--config");
        return given;
    }
}
