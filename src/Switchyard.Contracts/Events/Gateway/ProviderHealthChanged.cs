namespace Switchyard.Contracts.Events.Gateway;

/// <summary>A provider became healthy, degraded or down; one event per change.</summary>
/// <param name="Id">The provider.</param>
/// <param name="Name">Its name.</param>
/// <param name="From">Status before: <c>unknown</c>, <c>healthy</c>, <c>degraded</c> or <c>down</c>.</param>
/// <param name="To">Status now.</param>
/// <param name="Error">What went wrong last; null when it is healthy.</param>
public sealed record ProviderHealthChanged(Guid Id, string Name, string From, string To, string? Error) : IEvent
{
    /// <inheritdoc/>
    public static string Type => "gateway.provider-health-changed";
}
