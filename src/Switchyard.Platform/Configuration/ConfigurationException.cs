using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Configuration;

/// <summary>The configuration cannot be used; names the place and the cure.</summary>
public sealed class ConfigurationException(string place, Phrase cure, Exception? inner = null)
    : PhrasedException(new Phrase("settings.fault", ("place", place), ("words", cure)), inner)
{
    /// <summary>For a problem that a check found.</summary>
    public ConfigurationException(ConfigurationProblem problem)
        : this(problem.Place, new Phrase("settings.problem", ("what", problem.What), ("cure", problem.Cure)))
    {
    }

    /// <summary>Key, file or option that is wrong.</summary>
    public string Place => place;

    /// <summary>What to do, without the place.</summary>
    public Phrase Cure => cure;
}
