namespace Switchyard.Platform.Configuration;

/// <summary>The settings of the process itself; modules describe theirs beside their options.</summary>
public static class HostSettings
{
    public const string DataDirectory = "data:directory";
    public const string Database = "database:connection";
    public const string Urls = "server:urls";
    public const string Role = "server:role";
    public const string PublicUrl = "server:publicUrl";
    public const string DrainSeconds = "server:drainSeconds";
    public const string MaxConnections = "server:maxConnections";
    public const string MaxBodyBytes = "server:maxBodyBytes";
    public const string InlineCalls = "server:inlineCalls";
    public const string LogLevel = "logging:logLevel:default";
    public const string LogFormat = "logging:format";
    public const string Config = "config";

    /// <summary>Roles that a node may take.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["all", "gateway", "console", "worker"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(DataDirectory, null, "DATA", AtStart: true),
        new(Database, null, "DATABASE", Secret: true, AtStart: true),
        new(Urls, "http://127.0.0.1:8080", "URLS", AtStart: true),
        new(PublicUrl, null, "PUBLIC_URL", AtStart: true),
        new(Role, "all", "ROLE", AtStart: true),
        new(DrainSeconds, "30", AtStart: true),
        new(MaxConnections, "10000", AtStart: true),
        new(MaxBodyBytes, "31457280", AtStart: true),
        new(InlineCalls, "true", AtStart: true),
        new(LogLevel, "information", "LOG_LEVEL"),
        new(LogFormat, "json", "LOG_FORMAT", AtStart: true),
    ];
}
