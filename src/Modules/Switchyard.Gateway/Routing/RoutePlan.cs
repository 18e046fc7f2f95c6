using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Routing;

/// <summary>Where a call may go, best first.</summary>
/// <param name="Route">Name of the route, for the response header and the record.</param>
/// <param name="Providers">Providers in the order in which they are tried.</param>
/// <param name="Model">The model at every one of them; null takes each provider's own default.</param>
/// <param name="Reason">Why these, for the record.</param>
public sealed record RoutePlan(string Route, IReadOnlyList<Provider> Providers, string? Model, string Reason)
{
    /// <summary>The model to ask <paramref name="provider"/> for.</summary>
    public string ModelAt(Provider provider) => Model ?? provider.Models[0];
}
