using Microsoft.Extensions.Configuration;

namespace Switchyard.Platform.Configuration;

/// <summary>Values set in the console; empty until the database was reached.</summary>
public sealed class StoredSource : IConfigurationSource
{
    private readonly Provider _provider = new();

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => _provider;

    /// <summary>Takes over what the database holds now and tells whoever watches the configuration.</summary>
    public void Replace(IReadOnlyDictionary<string, string> values) => _provider.Replace(values);

    private sealed class Provider : ConfigurationProvider, ISourceName
    {
        public void Replace(IReadOnlyDictionary<string, string> values)
        {
            var same = values.Count == Data.Count && values.All(v => Data.TryGetValue(v.Key, out var old) && old == v.Value);
            if (same) return;
            Data = values.ToDictionary(v => v.Key, v => (string?)v.Value, StringComparer.OrdinalIgnoreCase);
            OnReload();
        }

        public string SourceOf(string key) => "database";
    }
}
