using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Configuration;

/// <summary>
/// Checks the settings of all modules, at start and in <c>switchyard check</c>: values of the wrong kind, values that
/// an option's own rules refuse, and names that no part of the program knows.
/// </summary>
public sealed class SettingsCheck(IConfiguration configuration, IEnumerable<Setting> settings, IServiceProvider services) : IConfigurationCheck
{
    private const string Levels = "logging:logLevel";
    private readonly Setting[] _settings = [.. settings.DistinctBy(s => s.Key, StringComparer.OrdinalIgnoreCase)];

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConfigurationProblem>> CheckAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ConfigurationProblem>>([.. Wrong(), .. Unknown()]);

    /// <summary>Throws for the first value that cannot be used. An unknown name is none: a file may be ahead of this version.</summary>
    /// <exception cref="ConfigurationException">Names the key and the cure.</exception>
    public void Demand()
    {
        if (Wrong().FirstOrDefault() is { } problem) throw new ConfigurationException(problem);
    }

    /// <summary>Names in the file or the environment that are without effect, each with the nearest that exists.</summary>
    public IEnumerable<ConfigurationProblem> Unknown()
    {
        foreach (var (key, source) in Given())
        {
            if (_settings.Any(s => Covers(s.Key, key)) || Covers(Levels, key)) continue;
            var nearest = NearestNames.To(key, _settings.Select(s => s.Key), 1)[0];
            yield return new(key, new Phrase("settings.unknown", ("source", source)), new Phrase("settings.nearest", ("nearest", nearest)));
        }
    }

    private IEnumerable<ConfigurationProblem> Wrong()
    {
        ConfigurationProblem[] kinds =
        [
            .. from setting in _settings
               where configuration[setting.Key] is { } value && Expected(setting.Default, value) is not null
               select new ConfigurationProblem(setting.Key, new Phrase("settings.kind", ("value", configuration[setting.Key]), ("kind", Expected(setting.Default, configuration[setting.Key]!))), new Phrase("settings.correct")),
        ];
        // An option's own rules can only look at values of the right kind.
        return kinds.Length > 0 ? kinds : Refused();
    }

    private IEnumerable<ConfigurationProblem> Refused()
    {
        try
        {
            (services.GetService(typeof(IStartupValidator)) as IStartupValidator)?.Validate();
            return [];
        }
        catch (Exception fault) when (Failures(fault) is { Length: > 0 } failures)
        {
            return [.. failures.Select(SettingsRule.Problem)];
        }
    }

    private static string[] Failures(Exception fault) => fault switch
    {
        OptionsValidationException refused => [.. refused.Failures],
        AggregateException many => [.. many.InnerExceptions.SelectMany(Failures)],
        _ => [],
    };

    // The default tells what kind of value a setting takes.
    private static Phrase? Expected(string? example, string value) =>
        example is null ? null
        : bool.TryParse(example, out _) ? (bool.TryParse(value, out _) ? null : new Phrase("settings.kind.flag"))
        : long.TryParse(example, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : new Phrase("settings.kind.number"))
        : TimeSpan.TryParse(example, CultureInfo.InvariantCulture, out _) ? (TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : new Phrase("settings.kind.time", ("example", example)))
        : null;

    // What an operator wrote by hand: the file, and variables that spell a path. Others (SWITCHYARD_KEY) may be anybody's.
    private IEnumerable<(string Key, string Source)> Given()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is null || !seen.Add(key)) continue;
            var source = ((IConfigurationRoot)configuration).Providers.Reverse().FirstOrDefault(p => p.TryGet(key, out _));
            var name = (source as ISourceName)?.SourceOf(key) ?? "";
            if (name.StartsWith("file", StringComparison.Ordinal) || (name.StartsWith("environment", StringComparison.Ordinal) && key.Contains(':', StringComparison.Ordinal)))
                yield return (key, name);
        }
    }

    // The first entry of a list stands for all: 'a:b:0' covers 'a:b:7'.
    private static bool Covers(string known, string key)
    {
        var stem = known.EndsWith(":0", StringComparison.Ordinal) ? known[..^2] : known;
        return key.Equals(stem, StringComparison.OrdinalIgnoreCase)
            || ((stem != known || stem == Levels) && key.StartsWith(stem + ":", StringComparison.OrdinalIgnoreCase));
    }
}
