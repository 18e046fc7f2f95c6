using Microsoft.Extensions.Configuration;
using Npgsql;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Configuration;

/// <summary>One value in force.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Value">Its value; masked when secret.</param>
/// <param name="Source">Where it stands: <c>default</c>, <c>file …</c>, <c>environment …</c>, <c>command line …</c>, <c>database</c>.</param>
/// <param name="Secret">Whether the value was masked.</param>
/// <param name="AtStart">Whether a change needs a restart.</param>
/// <param name="Description">What it does; null for a setting that this version does not describe.</param>
public sealed record EffectiveSetting(string Key, string? Value, string Source, bool Secret, bool AtStart, string? Description = null);

/// <summary>The one view of all values in force and where each comes from.</summary>
public sealed class EffectiveConfiguration(IConfiguration configuration, IEnumerable<Setting> known)
{
    private const string Mask = "••••••";
    private const string LogLevels = "logging:logLevel:";
    private static readonly string[] SecretWords = ["password", "secret", "token", "apikey", "api_key", "master_key", "masterkey", "credential"];

    /// <summary>Every setting that is known or given, by key, described in <paramref name="language"/>. Secrets are masked.</summary>
    public IReadOnlyList<EffectiveSetting> Read(Messages messages, string language)
    {
        var root = (IConfigurationRoot)configuration;
        var described = known.DistinctBy(s => s.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. root.AsEnumerable().Where(v => v.Value is not null).Select(v => v.Key)
                .Union(described.Keys, StringComparer.OrdinalIgnoreCase)
                .Order(StringComparer.OrdinalIgnoreCase)
                .Select(key => One(root, key, described.GetValueOrDefault(key)) with { Description = Describe(messages, language, key) }),
        ];
    }

    private static EffectiveSetting One(IConfigurationRoot root, string key, Setting? setting)
    {
        string? value = null;
        var source = "default";
        foreach (var provider in root.Providers.Reverse())
        {
            if (!provider.TryGet(key, out value)) continue;
            source = (provider as ISourceName)?.SourceOf(key) ?? "program";
            break;
        }

        value ??= setting?.Default;
        var secret = setting?.Secret ?? SecretWords.Any(w => key.Contains(w, StringComparison.OrdinalIgnoreCase));
        return new EffectiveSetting(setting?.Key ?? key, secret ? Hide(key, value) : value, source, secret, setting?.AtStart ?? false);
    }

    // Log levels take any name; one text stands for all of them.
    private static string? Describe(Messages messages, string language, string key) =>
        messages.Find(language, $"setting.{key}")
        ?? (key.StartsWith(LogLevels, StringComparison.OrdinalIgnoreCase) ? messages.Text(language, new Phrase("setting.logging:logLevel", ("name", key[LogLevels.Length..]))) : null);

    // Of a connection string the operator wants to see everything but the password.
    private static string? Hide(string key, string? value)
    {
        if (string.IsNullOrEmpty(value)) return value;
        if (!key.Equals(HostSettings.Database, StringComparison.OrdinalIgnoreCase)) return Mask;
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(value);
            if (parts.Password is not null) parts.Password = Mask;
            if (parts.SslPassword is not null) parts.SslPassword = Mask;
            return parts.ConnectionString;
        }
        catch (ArgumentException)
        {
            return Mask;
        }
    }
}
