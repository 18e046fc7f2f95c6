using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Configuration;

/// <summary>Something that the operator should mend.</summary>
/// <param name="Place">Key or thing that is wrong, for example <c>server:urls</c> or <c>provider openai</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Cure">How to mend it.</param>
/// <param name="Serious">False for a mere warning: the service works, but not as well as it could.</param>
public sealed record ConfigurationProblem(string Place, Phrase What, Phrase Cure, bool Serious = true);

/// <summary>
/// A module's part of <c>switchyard check</c>: looks at its settings and stored configuration without changing
/// anything. It may ask outside whether what is configured works, where that costs nothing. Register any number.
/// </summary>
public interface IConfigurationCheck
{
    /// <summary>What is wrong; empty when all is well.</summary>
    Task<IReadOnlyList<ConfigurationProblem>> CheckAsync(CancellationToken cancel);
}
