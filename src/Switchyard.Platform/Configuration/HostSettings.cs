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
        new(DataDirectory, null, "Directory of what this machine keeps: embedded database, master key, journal.", "DATA", AtStart: true),
        new(Database, null, "Connection string of a PostgreSQL 15–18 to use instead of the embedded one.", "DATABASE", Secret: true, AtStart: true),
        new(Urls, "http://127.0.0.1:8080", "Addresses to listen on, separated by semicolons.", "URLS", AtStart: true),
        new(PublicUrl, null, "Address under which people reach the console, when a proxy stands in front.", "PUBLIC_URL", AtStart: true),
        new(Role, "all", "What this node does: all, or several of gateway, console, worker separated by commas.", "ROLE", AtStart: true),
        new(DrainSeconds, "30", "Seconds that running requests get to end when the process is asked to stop.", AtStart: true),
        new(MaxConnections, "10000", "Client connections open at once; further ones wait.", AtStart: true),
        new(MaxBodyBytes, "31457280", "Largest request body in bytes.", AtStart: true),
        new(InlineCalls, "true", "Whether model calls run in the threads that watch their sockets, which saves a fifth of their CPU time.", AtStart: true),
        new(LogLevel, "information", "Least level that is logged: trace, debug, information, warning, error.", "LOG_LEVEL"),
        new(LogFormat, "json", "Form of the log on standard error: json or text.", "LOG_FORMAT", AtStart: true),
    ];
}
