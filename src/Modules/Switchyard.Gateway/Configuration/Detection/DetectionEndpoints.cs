using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Configuration.Detection;

/// <summary>What the first start found, for the wizard.</summary>
public static class DetectionEndpoints
{
    /// <summary>Maps <c>GET /admin/config/llm/detected</c>.</summary>
    public static void MapDetection(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/config/llm/detected", async (HttpContext http, DetectionStore store, ProviderDetection detection, CancellationToken cancel) =>
                new DetectionList(await store.ListAsync(http.Caller().TenantId, cancel), detection.Done))
            .RequireAccess(Grants.Admin).WithTags("gateway").WithName("listDetectedProviders")
            .WithSummary("Providers found in the environment and on this machine");
}

/// <summary>What was found.</summary>
/// <param name="Done">False while this node is still looking.</param>
/// <param name="NextCursor">Always null.</param>
public sealed record DetectionList(IReadOnlyList<DetectionRow> Items, bool Done, string? NextCursor = null);
