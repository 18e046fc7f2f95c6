namespace Switchyard.Platform.Configuration;

/// <summary>The configuration cannot be used; names the place and the cure.</summary>
public sealed class ConfigurationException(string place, string cure, Exception? inner = null)
    : Exception($"{place}: {cure}", inner)
{
    /// <summary>Key, file or option that is wrong.</summary>
    public string Place => place;
}
