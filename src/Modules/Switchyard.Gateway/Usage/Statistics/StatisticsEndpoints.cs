using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Usage.Statistics;

/// <summary>E130.</summary>
internal static class StatisticsEndpoints
{
    private static readonly TimeSpan Default = TimeSpan.FromHours(24);

    public static void MapStatistics(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/llm/stats", SumAsync)
        .WithName("getUsageStatistics").WithTags("gateway")
        .WithSummary("Usage in a time range: requests, tokens, cost, durations, in all and by group.")
        .WithDescription("Counts whole hours; 'from' and 'to' of the answer say which. Without a range: the last 24 hours. 'provider' counts only the calls of that provider.")
        .Produces<UsageStatistics>().ProducesProblem(400).RequireAccess(Grants.Viewer);

    private static async Task<IResult> SumAsync(HttpContext http, StatisticsStore store, TimeProvider time, string? from, string? to, string? groupBy, string? provider, CancellationToken cancel)
    {
        groupBy ??= "provider";
        if (!StatisticsStore.Groupings.Contains(groupBy)) return ProblemResults.Of(http, CommonProblems.NotAllowed("groupBy", StatisticsStore.Groupings));
        if (!TimeRange.TryRead(from, to, out var since, out var until)) return ProblemResults.Of(http, new Problem("range_malformed", 400, "from"));
        var last = Hour((until ?? time.GetUtcNow()).AddTicks(TimeSpan.TicksPerHour - 1));
        var first = Hour(since ?? last - Default);
        var rows = await store.SumAsync(http.Caller().TenantId, first, last, groupBy, string.IsNullOrEmpty(provider) ? null : provider, cancel);
        var totals = rows.Count > 0 ? rows[0] : new StatisticsRow();
        return Results.Ok(new UsageStatistics(first, last, totals.Figures(), [.. rows.Skip(1).Select(r => r.Group())]));
    }

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
