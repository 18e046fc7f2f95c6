using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Pipeline;

/// <summary>What a call cost.</summary>
/// <param name="Amount">In <paramref name="Currency"/>, exact.</param>
/// <param name="PriceVersion">The price row it was computed from.</param>
public sealed record CallCost(decimal Amount, string Currency, Guid PriceVersion)
{
    private const decimal Million = 1_000_000m;

    /// <summary>Tokens times price; a class without a price of its own costs as much as fresh input, never nothing.</summary>
    public static CallCost Of(ModelPrice price, TokenUsage usage) => new(
        ((usage.Input * price.Input)
            + (usage.Output * price.Output)
            + (usage.CachedRead * (price.CachedRead ?? price.Input))
            + (usage.CacheWrite * (price.CacheWrite ?? price.Input))) / Million,
        price.Currency,
        price.VersionId);
}
