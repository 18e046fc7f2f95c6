using Microsoft.Extensions.Configuration;

namespace Switchyard.Platform.Configuration;

/// <summary>
/// Variables that begin with <c>SWITCHYARD_</c>: <c>SWITCHYARD_SERVER__URLS</c> is <c>server:urls</c>, and settings
/// with an alias have a short form, <c>SWITCHYARD_URLS</c>. A variable without either keeps its whole name as key.
/// </summary>
internal sealed class EnvironmentSource(IReadOnlyDictionary<string, string> variables, IEnumerable<Setting> settings) : IConfigurationSource
{
    public const string Prefix = "SWITCHYARD_";

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(variables, settings);

    private sealed class Provider : ConfigurationProvider, ISourceName
    {
        private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

        public Provider(IReadOnlyDictionary<string, string> variables, IEnumerable<Setting> settings)
        {
            var aliases = settings.Where(s => s.Alias is not null).ToDictionary(s => s.Alias!, s => s.Key);
            foreach (var (variable, value) in variables)
            {
                if (!variable.StartsWith(Prefix, StringComparison.Ordinal) || value.Length == 0) continue;
                var name = variable[Prefix.Length..];
                var key = aliases.GetValueOrDefault(name)
                    ?? (name.Contains("__", StringComparison.Ordinal) ? name.Replace("__", ":", StringComparison.Ordinal).ToLowerInvariant() : variable);
                Data[key] = value;
                _names[key] = variable;
            }
        }

        public string SourceOf(string key) => $"environment {_names.GetValueOrDefault(key)}";
    }
}
