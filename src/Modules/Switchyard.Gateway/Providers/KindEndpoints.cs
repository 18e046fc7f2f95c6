using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Providers;

/// <summary>The catalogue as the console's form reads it.</summary>
public static class KindEndpoints
{
    /// <summary>Maps <c>GET /admin/config/llm/kinds</c>.</summary>
    public static void MapKinds(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/config/llm/kinds", (ProviderCatalog catalog) => new KindList([.. catalog.All.Select(KindView.Of)]))
            .RequireAccess(Grants.Admin).WithTags("gateway").WithName("listProviderKinds").WithSummary("Every kind of provider with its form");
}

/// <summary>All kinds.</summary>
/// <param name="NextCursor">Always null.</param>
public sealed record KindList(IReadOnlyList<KindView> Items, string? NextCursor = null);

/// <summary>One kind as its form needs it.</summary>
public sealed record KindView(
    string Id,
    string DisplayName,
    Wire.Dialect Dialect,
    DeploymentMode DefaultMode,
    string? DefaultEndpoint,
    IReadOnlyList<string> KnownEndpoints,
    bool NeedsKey,
    string? KeyVariable,
    ProviderCapabilities Capabilities,
    IReadOnlyList<ProviderOption> Options,
    IReadOnlyList<string> SuggestedModels)
{
    /// <summary>The view of <paramref name="kind"/>.</summary>
    public static KindView Of(ProviderKind kind) => new(
        kind.Id, kind.DisplayName, kind.Dialect, kind.DefaultMode, kind.DefaultEndpoint, kind.KnownEndpoints, kind.NeedsKey,
        kind.KeyVariable, kind.Capabilities, kind.Options, kind.SuggestedModels);
}
