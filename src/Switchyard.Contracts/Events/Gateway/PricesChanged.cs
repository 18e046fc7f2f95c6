namespace Switchyard.Contracts.Events.Gateway;

/// <summary>Prices were added; every node loads its snapshot again.</summary>
/// <param name="Count">How many rows.</param>
public sealed record PricesChanged(int Count) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "gateway.prices-changed";
}
