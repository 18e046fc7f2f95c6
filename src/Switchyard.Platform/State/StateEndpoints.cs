using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.State;

/// <summary>E001 and E002: the state that all components share.</summary>
public static class StateEndpoints
{
    /// <summary>The state of one tenant.</summary>
    /// <param name="Version">Grows by one with every change; also the ETag.</param>
    /// <param name="UpdatedAt">When it changed last; null before the first change.</param>
    /// <param name="Components">center, ml, data, gateway: always present, null until published.</param>
    /// <param name="Missing">Why a component is null, by its name.</param>
    /// <param name="Extensions">What other components published.</param>
    public sealed record Response(
        long Version, DateTimeOffset? UpdatedAt, IReadOnlyDictionary<string, JsonNode?> Components,
        IReadOnlyDictionary<string, string> Missing, IReadOnlyDictionary<string, JsonNode?> Extensions);

    /// <summary>What to publish.</summary>
    /// <param name="Component">center, ml, data, gateway, or the name of an extension.</param>
    /// <param name="Patch">JSON merge patch of the component's fields; null removes the component.</param>
    public sealed record UpdateRequest(string Component, JsonElement? Patch);

    /// <summary>What became of it.</summary>
    /// <param name="Version">Version after the change.</param>
    public sealed record UpdateResponse(long Version);

    /// <summary>Maps both.</summary>
    public static void MapState(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/llm/global-state", ReadAsync)
            .RequireAccess(Grants.Viewer)
            .WithName("getGlobalState")
            .WithTags("platform")
            .WithSummary("One versioned snapshot of every component")
            .WithDescription("`ETag` is the version; `If-None-Match` with it gives 304.")
            .Produces<Response>()
            .Produces(304);
        routes.MapPost("/api/llm/update-global-state", UpdateAsync)
            .RequireAccess(Grants.Component)
            .WithName("updateGlobalState")
            .WithTags("platform")
            .WithSummary("Merges one component's published fields into the state")
            .WithDescription("JSON merge patch (RFC 7396). With `If-Match`, only onto that version. Appends `state.updated`.")
            .Produces<UpdateResponse>()
            .ProducesProblem(400)
            .ProducesProblem(412)
            .ProducesProblem(413);
    }

    private static async Task<IResult> ReadAsync(HttpContext http, GlobalState state, CancellationToken cancel)
    {
        var tenant = http.Caller().TenantId;
        if (http.Request.Headers.IfNoneMatch.Count > 0)
        {
            var version = await state.VersionAsync(tenant, cancel);
            if (VersionTag.IsKnown(http.Request, version))
            {
                http.Response.Headers.ETag = VersionTag.Of(version);
                return Results.StatusCode(304);
            }
        }

        var snapshot = await state.ReadAsync(tenant, cancel);
        http.Response.Headers.ETag = VersionTag.Of(snapshot.Version);
        http.Response.Headers.CacheControl = "private, no-cache";
        var document = snapshot.Document;
        return Results.Ok(new Response(
            snapshot.Version,
            snapshot.UpdatedAt,
            GlobalState.Components.ToDictionary(name => name, name => document[name]),
            GlobalState.Components.Where(name => document[name] is null).ToDictionary(name => name, _ => "not-published"),
            document.Where(member => !GlobalState.Components.Contains(member.Key)).ToDictionary(m => m.Key, m => m.Value)));
    }

    private static async Task<IResult> UpdateAsync(
        HttpContext http, UpdateRequest request, GlobalState state, Database database, CancellationToken cancel)
    {
        var expected = VersionTag.IfMatch(http.Request);
        if (!expected.Ok) return ProblemResults.Of(http, expected.Problem);

        await using var change = await database.BeginAsync(http.Caller(), cancel);
        var patch = request.Patch is { } element ? JsonNode.Parse(element.GetRawText()) : null;
        var version = await state.PublishAsync(change, request.Component, patch, expected.Value, cancel);
        if (!version.Ok) return ProblemResults.Of(http, version.Problem);
        await change.CommitAsync(cancel);
        http.Response.Headers.ETag = VersionTag.Of(version.Value);
        return Results.Ok(new UpdateResponse(version.Value));
    }
}
