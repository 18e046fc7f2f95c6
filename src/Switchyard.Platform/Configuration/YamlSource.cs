using Microsoft.Extensions.Configuration;

namespace Switchyard.Platform.Configuration;

/// <summary>
/// <c>switchyard.yaml</c>, read again when it changes. A change that cannot be read is refused whole and the last
/// good values stay.
/// </summary>
internal sealed class YamlSource : FileConfigurationSource
{
    /// <summary>Told when a changed file is refused.</summary>
    public Action<ConfigurationException>? Refused { get; init; }

    /// <summary>The file for people.</summary>
    public required string FullPath { get; init; }

    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new Provider(this);
    }

    private sealed class Provider(YamlSource source) : FileConfigurationProvider(source), ISourceName
    {
        private Dictionary<string, string?>? _good;

        public override void Load(Stream stream)
        {
            try
            {
                using var reader = new StreamReader(stream);
                Data = _good = YamlReader.Read(reader, source.FullPath);
            }
            catch (ConfigurationException fault) when (_good is not null)
            {
                Data = _good;
                source.Refused?.Invoke(fault);
            }
        }

        public string SourceOf(string key) => $"file {source.FullPath}";
    }
}
