namespace Switchyard.Gateway.Providers;

/// <summary>One kind-specific setting of a provider's form.</summary>
/// <param name="Name">Key, for example <c>api-version</c>.</param>
/// <param name="Default">Used when the form leaves it out.</param>
/// <param name="Pattern">Regular expression (non-backtracking) that a value must match; null for any header-safe text.</param>
/// <param name="Choices">Allowed values; empty for free text.</param>
/// <param name="Variable">Environment variable from which the first start takes it; null for none.</param>
public sealed record ProviderOption(string Name, bool Required, string? Default, string? Pattern, IReadOnlyList<string> Choices, string? Variable = null);
