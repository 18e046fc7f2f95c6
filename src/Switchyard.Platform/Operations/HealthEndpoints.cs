using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;

namespace Switchyard.Platform.Operations;

/// <summary>Answer of <c>/health</c>.</summary>
/// <param name="Status">Always <c>ok</c>: the process answers.</param>
public sealed record Liveness(string Status);

/// <summary>Answer of <c>/health/ready</c>.</summary>
/// <param name="Status">
/// <c>starting</c> and <c>draining</c> (503): send no requests; <c>ready</c>; <c>degraded</c> (200): model calls work
/// from what is in memory, changes have to wait for the database.
/// </param>
/// <param name="Database"><c>reachable</c> or <c>unreachable</c>.</param>
/// <param name="DatabaseSince">Since when.</param>
public sealed record ReadinessAnswer(string Status, string Database, DateTimeOffset DatabaseSince);

/// <summary>Liveness and readiness (E210).</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => TypedResults.Ok(new Liveness("ok")))
            .AllowAnyone()
            .WithName("getHealth")
            .WithTags("platform")
            .WithSummary("Whether the process answers")
            .Produces<Liveness>();
        routes.MapGet("/health/ready", Ready)
            .AllowAnyone()
            .WithName("getReadiness")
            .WithTags("platform")
            .WithSummary("Whether this node should be sent requests")
            .WithDescription("A node whose database is away stays ready (status 'degraded'), because it still serves model calls.")
            .Produces<ReadinessAnswer>()
            .Produces<ReadinessAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Ready(NodeState state, DatabaseWatch watch)
    {
        var database = watch.Status;
        var status = state.Phase != "ready" ? state.Phase
            : database.Reachable && state.Migrated ? "ready"
            : state.Migrated ? "degraded"
            : "starting";
        var answer = new ReadinessAnswer(status, database.Reachable ? "reachable" : "unreachable", database.Since);
        return Results.Json(answer, statusCode: status is "ready" or "degraded" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
