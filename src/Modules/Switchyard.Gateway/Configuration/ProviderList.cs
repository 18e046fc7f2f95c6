namespace Switchyard.Gateway.Configuration;

/// <summary>A tenant's providers; never so many that they need pages.</summary>
/// <param name="NextCursor">Always null.</param>
public sealed record ProviderList(IReadOnlyList<ProviderView> Items, string? NextCursor = null);
