using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Embedded;

namespace Switchyard.Platform.Configuration;

/// <summary>
/// Builds the one configuration. Later sources stand above earlier ones: defaults, <c>switchyard.yaml</c>,
/// environment, command line, database.
/// </summary>
public static class ConfigurationSources
{
    private const string FileName = "switchyard.yaml";

    /// <summary>Replaces the sources of <paramref name="configuration"/> and returns the one for the database's values.</summary>
    /// <param name="configuration">To be filled.</param>
    /// <param name="environment">Variables of the process.</param>
    /// <param name="commandLine">Value and option name by key.</param>
    /// <param name="defaults">Further settings with a default value.</param>
    /// <param name="refused">Told when a change of the file is refused.</param>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public static StoredSource Use(
        IConfigurationManager configuration,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyDictionary<string, (string Value, string Option)> commandLine,
        IReadOnlyCollection<Setting>? defaults = null,
        Action<ConfigurationException>? refused = null)
    {
        configuration.Sources.Clear();
        configuration.Add(new DefaultsSource([.. HostSettings.All, new(HostSettings.DataDirectory, DataDirectory.At(null).Root), .. defaults ?? []]));
        var environmentSource = new EnvironmentSource(environment, HostSettings.All);
        var commandLineSource = new CommandLineSource(commandLine);
        if (FindFile(environment, commandLine) is { } path)
        {
            AddFile(configuration, path, refused);
        }

        configuration.Add(environmentSource);
        configuration.Add(commandLineSource);
        // One spelling for everybody who asks where the data is.
        if (configuration[HostSettings.DataDirectory] is { } data && !Path.IsPathRooted(data))
            throw new ConfigurationException(HostSettings.DataDirectory, new Phrase("settings.path.relative", ("value", data)));
        var stored = new StoredSource();
        configuration.Add(stored);
        return stored;
    }

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");

    private static void AddFile(IConfigurationManager configuration, string path, Action<ConfigurationException>? refused)
    {
        try
        {
            configuration.Add(new YamlSource
            {
                FullPath = path,
                Path = Path.GetFileName(path),
                FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(path)!),
                ReloadOnChange = true,
                Refused = refused,
            });
        }
        catch (InvalidDataException wrapped) when (wrapped.InnerException is { } fault)
        {
            throw fault as ConfigurationException ?? new ConfigurationException(path, new Phrase("settings.file.unreadable", ("reason", Reason.Of(fault))), fault);
        }
    }

    private static string? FindFile(
        IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, (string Value, string Option)> commandLine)
    {
        var named = commandLine.TryGetValue(HostSettings.Config, out var option) ? option.Value : environment.GetValueOrDefault("SWITCHYARD_CONFIG");
        if (!string.IsNullOrEmpty(named))
        {
            var full = Path.GetFullPath(named);
            return File.Exists(full) ? full : throw new ConfigurationException(full, new Phrase("settings.file.missing"));
        }

        return new[] { Path.GetFullPath(FileName), "/etc/switchyard/" + FileName }.FirstOrDefault(File.Exists);
    }
}
