using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Switchyard.Platform.Localization;

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
            throw new ConfigurationException(problem);
    }

    private IEnumerable<ConfigurationProblem> Find()
    {
        if (!RuntimeIsSafe)
            yield return new("runtime", new Phrase("settings.runtime.unsafe", ("version", Environment.Version)), new Phrase("settings.runtime.cure"));
        foreach (var url in (configuration[HostSettings.Urls] ?? "").Split(';'))
        {
            if (!Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
                yield return new(HostSettings.Urls, new Phrase("settings.urls.malformed", ("value", url)), new Phrase("settings.urls.cure"));
            else if (parsed.PathAndQuery != "/")
                yield return new(HostSettings.Urls, new Phrase("settings.urls.path", ("value", url)), new Phrase("settings.urls.pathcure"));
        }

        if (configuration[HostSettings.PublicUrl] is { } open && (!Uri.TryCreate(open, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            yield return new(HostSettings.PublicUrl, new Phrase("settings.public.malformed", ("value", open)), new Phrase("settings.public.cure"));

        foreach (var role in (configuration[HostSettings.Role] ?? "").Split(',', StringSplitOptions.TrimEntries).Except(HostSettings.Roles))
            yield return new(HostSettings.Role, new Phrase("settings.role.unknown", ("value", role)), new Phrase("settings.oneOf", ("known", string.Join(", ", HostSettings.Roles))));

        foreach (var (key, least, most) in new[] { (HostSettings.DrainSeconds, 0L, 3600L), (HostSettings.MaxConnections, 10L, 1_000_000L), (HostSettings.MaxBodyBytes, 1024L, 1L << 31) })
        {
            if (!long.TryParse(configuration[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
                yield return new(key, new Phrase("settings.range", ("value", configuration[key]), ("least", least), ("most", most)), new Phrase("settings.correct"));
        }

        if (!Levels.Contains(configuration[HostSettings.LogLevel], StringComparer.OrdinalIgnoreCase))
            yield return new(HostSettings.LogLevel, new Phrase("settings.level.unknown", ("value", configuration[HostSettings.LogLevel])), new Phrase("settings.oneOf", ("known", string.Join(", ", Levels))));
        if (configuration[HostSettings.LogFormat] is not ("json" or "text"))
            yield return new(HostSettings.LogFormat, new Phrase("settings.format.unknown", ("value", configuration[HostSettings.LogFormat])), new Phrase("settings.format.cure"));
        if (Connection() is { } problem) yield return problem;
    }

    private ConfigurationProblem? Connection()
    {
        if (configuration[HostSettings.Database] is not { Length: > 0 } given) return null;
        var cure = new Phrase("settings.connection.cure");
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(given);
            return string.IsNullOrEmpty(parts.Host) ? new(HostSettings.Database, new Phrase("settings.connection.host"), cure) : null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            // The message of the exception may repeat a part of the password.
            return new(HostSettings.Database, new Phrase("settings.connection.malformed"), cure);
        }
    }
}
