using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Pipeline;

/// <summary>What the attempts that failed before the last one used up: vendors charge for what they began.</summary>
/// <param name="Estimated">Some of the tokens were counted here, not reported by the vendor.</param>
/// <param name="Cost">Null as soon as one price is unknown or the currencies differ: then the sum is unknown too.</param>
internal sealed record Spending(TokenUsage Usage, bool Estimated, CallCost? Cost)
{
    /// <summary>This and one more attempt.</summary>
    public Spending Plus(TokenUsage usage, bool estimated, CallCost? cost) => new(Usage + usage, Estimated || estimated, Sum(Cost, cost));

    /// <summary>Both together; the price version is the later one's.</summary>
    public static CallCost? Sum(CallCost? before, CallCost? now) =>
        before is not null && now is not null && before.Currency == now.Currency ? now with { Amount = before.Amount + now.Amount } : null;
}
