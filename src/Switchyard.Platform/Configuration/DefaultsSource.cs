using Microsoft.Extensions.Configuration;

namespace Switchyard.Platform.Configuration;

/// <summary>The values that hold when nobody gives any.</summary>
internal sealed class DefaultsSource(IEnumerable<Setting> settings) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(settings);

    private sealed class Provider : ConfigurationProvider, ISourceName
    {
        public Provider(IEnumerable<Setting> settings)
        {
            foreach (var setting in settings)
            {
                if (setting.Default is not null) Data[setting.Key] = setting.Default;
            }
        }

        public string SourceOf(string key) => "default";
    }
}
