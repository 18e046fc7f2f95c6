using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;

namespace Switchyard.Platform.Observability.Metrics;

/// <summary><c>GET /metrics</c> (E211).</summary>
public static class MetricsEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", (MetricCollector metrics) => Results.Text(metrics.Render(), "text/plain; version=0.0.4; charset=utf-8"))
            .RequireAccess(Grants.Scrape)
            .WithName("getMetrics")
            .WithTags("platform")
            .WithSummary("Prometheus metrics")
            .WithDescription("All meters of the process in the Prometheus text format. For the scrape scope, or an admin.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
}
