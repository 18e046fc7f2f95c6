using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration;

/// <summary>Which provider answers: <c>/api/v1/llm/providers/{id}/activate</c> and <c>/fallback</c>.</summary>
public static class ProviderSwitchEndpoints
{
    /// <summary>Maps activation and fallback order.</summary>
    public static void MapProviderSwitch(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/llm/providers").RequireAccess(Grants.Admin).WithTags("gateway");
        group.MapPost("{id:guid}/activate", ActivateAsync).WithName("activateProvider").WithSummary("Makes it the active provider; validated and tested first")
            .Produces<ProviderView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        group.MapPost("{id:guid}/fallback", FallbackAsync).WithName("setProviderFallback").WithSummary("Sets the fallback order")
            .WithDescription("Either the place of this provider (null takes it out), or the whole order.")
            .Produces<FallbackAnswer>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> ActivateAsync(
        Guid id, HttpContext http, ProviderSwitch switcher, ProviderCatalog catalog, SnapshotStore snapshots, CancellationToken cancel)
    {
        var active = await switcher.ActivateAsync(http.Caller(), id, Language.Of(http), cancel);
        if (!active.Ok) return ProblemResults.Of(http, active.Problem);
        await snapshots.RefreshAsync(cancel);
        return Results.Ok(ProviderView.Of(active.Value, catalog));
    }

    private static async Task<IResult> FallbackAsync(
        Guid id, FallbackForm form, HttpContext http, FallbackOrder fallback, SnapshotStore snapshots, CancellationToken cancel)
    {
        if (form.Position is < 0) return ProblemResults.Of(http, CommonProblems.Invalid([CommonProblems.OutOfRange("position", 0, int.MaxValue)]));
        var order = form.Order is { } whole
            ? await fallback.SetAsync(http.Caller(), id, whole, cancel)
            : await fallback.PlaceAsync(http.Caller(), id, form.Position, cancel);
        if (!order.Ok) return ProblemResults.Of(http, order.Problem);
        await snapshots.RefreshAsync(cancel);
        return Results.Ok(new FallbackAnswer(order.Value));
    }
}

/// <summary>A new place for one provider, or a new order of all.</summary>
/// <param name="Position">From 0; null takes the provider out.</param>
/// <param name="Order">Ids in order; goes before <paramref name="Position"/>.</param>
public sealed record FallbackForm(int? Position = null, IReadOnlyList<Guid>? Order = null);

/// <summary>The order as it is now.</summary>
public sealed record FallbackAnswer(IReadOnlyList<Guid> Order);
