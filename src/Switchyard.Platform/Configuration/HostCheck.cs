using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Switchyard.Platform.Configuration;

/// <summary>Checks the settings of the process itself, at start and in <c>switchyard check</c>.</summary>
public sealed class HostCheck(IConfiguration configuration) : IConfigurationCheck
{
    private static readonly string[] Levels = ["trace", "debug", "information", "warning", "error", "critical", "none"];

    /// <summary>False on a run time whose Data Protection can be forged (CVE-2026-40372).</summary>
    public static bool RuntimeIsSafe => Environment.Version >= new Version(10, 0, 7);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConfigurationProblem>> CheckAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ConfigurationProblem>>([.. Find()]);

    /// <summary>Throws for the first serious problem.</summary>
    /// <exception cref="ConfigurationException">Names the key and the cure.</exception>
    public void Demand()
    {
        if (Find().FirstOrDefault(p => p.Serious) is { } problem)
            throw new ConfigurationException(problem.Place, $"{problem.What} {problem.Cure}");
    }

    private IEnumerable<ConfigurationProblem> Find()
    {
        if (!RuntimeIsSafe)
            yield return new("runtime", $".NET {Environment.Version} has a known hole (CVE-2026-40372).", "Update the ASP.NET Core runtime to 10.0.7 or newer.");
        foreach (var url in (configuration[HostSettings.Urls] ?? "").Split(';'))
        {
            if (!Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
                yield return new(HostSettings.Urls, $"'{url}' is not an address to listen on.", "Write it as http://host:port, for example http://127.0.0.1:8080.");
            else if (parsed.PathAndQuery != "/")
                yield return new(HostSettings.Urls, $"'{url}' has a path.", "Leave the path out; put a proxy in front to serve below a path.");
        }

        if (configuration[HostSettings.PublicUrl] is { } open && (!Uri.TryCreate(open, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            yield return new(HostSettings.PublicUrl, $"'{open}' is not an address.", "Write it as https://switchyard.example.com.");

        foreach (var role in (configuration[HostSettings.Role] ?? "").Split(',', StringSplitOptions.TrimEntries).Except(HostSettings.Roles))
            yield return new(HostSettings.Role, $"There is no role '{role}'.", $"Use one or several of: {string.Join(", ", HostSettings.Roles)}.");

        foreach (var (key, least, most) in new[] { (HostSettings.DrainSeconds, 0L, 3600L), (HostSettings.MaxConnections, 10L, 1_000_000L), (HostSettings.MaxBodyBytes, 1024L, 1L << 31) })
        {
            if (!long.TryParse(configuration[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
                yield return new(key, $"'{configuration[key]}' is not a whole number from {least} to {most}.", "Correct or remove it.");
        }

        if (!Levels.Contains(configuration[HostSettings.LogLevel], StringComparer.OrdinalIgnoreCase))
            yield return new(HostSettings.LogLevel, $"There is no log level '{configuration[HostSettings.LogLevel]}'.", $"Use one of: {string.Join(", ", Levels)}.");
        if (configuration[HostSettings.LogFormat] is not ("json" or "text"))
            yield return new(HostSettings.LogFormat, $"There is no log format '{configuration[HostSettings.LogFormat]}'.", "Use json or text.");
        if (Connection() is { } problem) yield return problem;
    }

    private ConfigurationProblem? Connection()
    {
        const string Cure = "Write it as \"Host=db.example.com;Database=switchyard;Username=switchyard;Password=…\".";
        if (configuration[HostSettings.Database] is not { Length: > 0 } given) return null;
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(given);
            return string.IsNullOrEmpty(parts.Host) ? new(HostSettings.Database, "The connection string names no host.", Cure) : null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            // The message of the exception may repeat a part of the password.
            return new(HostSettings.Database, "The connection string cannot be read.", Cure);
        }
    }
}
