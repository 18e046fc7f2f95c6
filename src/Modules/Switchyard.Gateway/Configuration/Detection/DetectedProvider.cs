namespace Switchyard.Gateway.Configuration.Detection;

/// <summary>Something found on this machine that can become a provider.</summary>
/// <param name="Source">Stable name of where it was found: a variable, or <c>ollama</c>.</param>
/// <param name="Origin"><c>environment</c> or <c>ollama</c>.</param>
/// <param name="Form">The provider that it becomes.</param>
public sealed record DetectedProvider(string Source, string Origin, ProviderForm Form);
