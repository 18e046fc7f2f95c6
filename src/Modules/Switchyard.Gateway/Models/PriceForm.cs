namespace Switchyard.Gateway.Models;

/// <summary>A price to add, per million tokens.</summary>
public sealed record PriceForm
{
    /// <summary>Id of a kind (holds for all its providers), or name of one provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Model name; <c>*</c> for all that have no price of their own.</summary>
    public string? Model { get; init; }

    /// <summary>ISO 4217.</summary>
    /// <value>USD</value>
    public string? Currency { get; init; }

    public decimal? Input { get; init; }
    public decimal? Output { get; init; }

    /// <summary>Input tokens read from the vendor's cache; the input price when left out.</summary>
    public decimal? CachedRead { get; init; }

    /// <summary>Input tokens written to the vendor's cache; the input price when left out.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Where the figure comes from.</summary>
    public string? Source { get; init; }

    /// <summary>From when it holds; now when left out.</summary>
    public DateTimeOffset? ValidFrom { get; init; }
}
