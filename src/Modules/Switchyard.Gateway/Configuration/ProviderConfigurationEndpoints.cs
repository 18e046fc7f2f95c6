using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Configuration;

/// <summary>Providers' configuration: <c>/admin/config/llm</c>.</summary>
public static class ProviderConfigurationEndpoints
{
    /// <summary>Maps list, read, create, change, delete.</summary>
    public static void MapProviderConfiguration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/admin/config/llm").RequireAccess(Grants.Admin).WithTags("gateway");
        group.MapGet("", ListAsync).WithName("listProviderConfigurations").WithSummary("Provider configurations, keys masked")
            .Produces<ProviderList>();
        group.MapGet("{id:guid}", FindAsync).WithName("readProviderConfiguration").WithSummary("One provider configuration, key masked")
            .Produces<ProviderView>().ProducesProblem(404);
        group.MapPost("", CreateAsync).WithName("createProviderConfiguration").WithSummary("Creates a provider: validated, key sealed at rest, audited")
            .Produces<ProviderView>(201).ProducesProblem(400).ProducesProblem(409);
        group.MapPut("{id:guid}", UpdateAsync).WithName("updateProviderConfiguration").WithSummary("Replaces a provider's configuration; a key left out stays")
            .WithDescription("Needs If-Match with the version. Changing host, scheme or port erases the stored key; the answer then has keyErased = true.")
            .Produces<ProviderView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(428);
        group.MapDelete("{id:guid}", DeleteAsync).WithName("deleteProviderConfiguration").WithSummary("Deletes a provider; the active one is refused")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ProviderStore store, ProviderCatalog catalog, CancellationToken cancel)
    {
        var rows = await store.ListAsync(http.Caller().TenantId, cancel);
        return Results.Ok(new ProviderList([.. rows.Select(row => ProviderView.Of(row, catalog))]));
    }

    private static async Task<IResult> FindAsync(Guid id, HttpContext http, ProviderStore store, ProviderCatalog catalog, CancellationToken cancel) =>
        await store.FindAsync(http.Caller().TenantId, id, cancel) is { } row
            ? Shown(http, ProviderView.Of(row, catalog))
            : ProblemResults.Of(http, ProviderProblems.NotFound(id));

    private static async Task<IResult> CreateAsync(
        ProviderForm form, HttpContext http, ProviderEditor editor, ProviderCatalog catalog, SnapshotStore snapshots, CancellationToken cancel)
    {
        var created = await editor.CreateAsync(http.Caller(), form, "console", cancel);
        if (!created.Ok) return ProblemResults.Of(http, created.Problem);
        await snapshots.RefreshAsync(cancel);
        var view = ProviderView.Of(created.Value, catalog);
        ETags.Set(http, view.Version);
        return Results.Created($"/admin/config/llm/{view.Id}", view);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, ProviderForm form, HttpContext http, ProviderEditor editor, ProviderCatalog catalog, SnapshotStore snapshots, CancellationToken cancel)
    {
        var version = ETags.Needed(http);
        if (!version.Ok) return ProblemResults.Of(http, version.Problem);
        var saved = await editor.UpdateAsync(http.Caller(), id, version.Value, form, cancel);
        if (!saved.Ok) return ProblemResults.Of(http, saved.Problem);
        await snapshots.RefreshAsync(cancel);
        return Shown(http, ProviderView.Of(saved.Value.Row, catalog) with { KeyErased = saved.Value.KeyErased ? true : null });
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext http, ProviderEditor editor, SnapshotStore snapshots, CancellationToken cancel)
    {
        var version = ETags.Given(http);
        if (!version.Ok) return ProblemResults.Of(http, version.Problem);
        var deleted = await editor.DeleteAsync(http.Caller(), id, version.Value, cancel);
        if (!deleted.Ok) return ProblemResults.Of(http, deleted.Problem);
        await snapshots.RefreshAsync(cancel);
        return Results.NoContent();
    }

    private static IResult Shown(HttpContext http, ProviderView view)
    {
        ETags.Set(http, view.Version);
        return Results.Ok(view);
    }
}
