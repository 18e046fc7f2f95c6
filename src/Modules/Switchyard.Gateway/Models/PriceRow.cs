namespace Switchyard.Gateway.Models;

/// <summary>A price as stored: one version of what a model costs from a moment on.</summary>
public sealed record PriceRow
{
    /// <summary>Owner of the list that ships with the product; its rows hold for every tenant without a row of its own.</summary>
    public static readonly Guid Everyone = Guid.Empty;

    public Guid TenantId { get; init; }
    public Guid Id { get; init; }

    /// <summary>Id of a kind, or name of a provider.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Exact model name; <c>*</c> for all models of the provider that have no row of their own.</summary>
    public string Model { get; init; } = "";

    public string Currency { get; init; } = "";
    public decimal Input { get; init; }
    public decimal Output { get; init; }
    public decimal? CachedRead { get; init; }
    public decimal? CacheWrite { get; init; }
    public string Source { get; init; } = "";
    public DateTimeOffset ValidFrom { get; init; }
}
