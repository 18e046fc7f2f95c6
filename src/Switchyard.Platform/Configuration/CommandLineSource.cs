using Microsoft.Extensions.Configuration;

namespace Switchyard.Platform.Configuration;

/// <summary>What was given to the command as options.</summary>
/// <param name="given">Value and option name by key.</param>
internal sealed class CommandLineSource(IReadOnlyDictionary<string, (string Value, string Option)> given) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(given);

    private sealed class Provider : ConfigurationProvider, ISourceName
    {
        private readonly IReadOnlyDictionary<string, (string Value, string Option)> _given;

        public Provider(IReadOnlyDictionary<string, (string Value, string Option)> given)
        {
            _given = given;
            foreach (var (key, (value, _)) in given) Data[key] = value;
        }

        public string SourceOf(string key) => _given.TryGetValue(key, out var found) ? $"command line {found.Option}" : "command line";
    }
}
