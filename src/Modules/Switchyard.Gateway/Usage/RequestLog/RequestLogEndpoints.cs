using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Contracts.Events;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Usage.RequestLog;

/// <summary>A page of calls, newest first.</summary>
public sealed record RequestPage(IReadOnlyList<SettledCall> Items, string? NextCursor);

/// <summary>A milestone of a call.</summary>
/// <param name="Step"><c>arrived</c>, <c>attempt</c>, <c>first-byte</c>, <c>ended</c>.</param>
public sealed record TimelineStep(string Step, double Ms, string? Note = null);

/// <summary>The request log.</summary>
internal static class RequestLogEndpoints
{
    private static readonly string[] Statuses = ["succeeded", "failed", "aborted", "unknown"];

    public static void MapRequestLog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/llm/requests", ListAsync)
            .WithName("listModelRequests").WithTags("gateway").WithSummary("Model calls, newest first, filtered.")
            .Produces<RequestPage>().ProducesProblem(400).RequireAccess(Grants.Viewer);
        routes.MapGet("/api/v1/llm/requests/{id:guid}", FindAsync)
            .WithName("getModelRequest").WithTags("gateway").WithSummary("One model call with its attempts.")
            .Produces<RequestDetail>().ProducesProblem(404).RequireAccess(Grants.Viewer);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, RequestLogStore store, string? cursor, int? limit, string? from, string? to, string? provider, string? model, Guid? key, string? status, string? task, string? dialect, bool? rescued, string? q, CancellationToken cancel)
    {
        if (limit is < 1 or > 1000) return ProblemResults.Of(http, CommonProblems.OutOfRange("limit", 1, 1000));
        if (status is not null && !Statuses.Contains(status)) return ProblemResults.Of(http, CommonProblems.NotAllowed("status", Statuses));
        RequestCursor? before = null;
        if (!string.IsNullOrEmpty(cursor) && !RequestCursor.TryParse(cursor, out before)) return ProblemResults.Of(http, new Problem("cursor_malformed", 400, "cursor"));
        if (!TimeRange.TryRead(from, to, out var since, out var until)) return ProblemResults.Of(http, new Problem("range_malformed", 400, "from"));

        var filter = new RequestFilter(since, until, Given(provider), Given(model), key, status, Given(task), Given(dialect), rescued ?? false, Given(q), before, limit ?? 50);
        var rows = await store.ListAsync(http.Caller().TenantId, filter, cancel);
        var items = rows.Take(filter.Limit).Select(r => r.Item(r.AttemptList().Count)).ToList();
        var next = rows.Count > filter.Limit ? new RequestCursor(items[^1].At, items[^1].Id).ToString() : null;
        return Results.Ok(new RequestPage(items, next));
    }

    private static async Task<IResult> FindAsync(HttpContext http, RequestLogStore store, Messages messages, Guid id, CancellationToken cancel)
    {
        if (await store.FindAsync(http.Caller().TenantId, id, cancel) is not { } row) return ProblemResults.Of(http, CommonProblems.NotFound("request", id));
        var attempts = row.AttemptList();
        return Results.Ok(new RequestDetail(row.Item(attempts.Count))
        {
            AttemptList = [.. attempts.Select(a => a.In(messages, Language.Of(http)))],
            PriceVersion = row.PriceVersion,
            DealId = row.DealId,
            CycleId = row.CycleId,
            Node = row.Node,
            Timeline = Timeline(row, attempts),
        });
    }

    private static List<TimelineStep> Timeline(RequestRow row, IReadOnlyList<AttemptView> attempts)
    {
        var start = new DateTimeOffset(DateTime.SpecifyKind(row.At, DateTimeKind.Utc));
        var steps = new List<TimelineStep> { new("arrived", 0) };
        foreach (var attempt in attempts)
        {
            var at = Math.Max(0, (attempt.StartedAt - start).TotalMilliseconds);
            steps.Add(new TimelineStep("attempt", Math.Round(at, 1), $"{attempt.Provider}/{attempt.Model}: {attempt.Class} {attempt.Status.ToString(CultureInfo.InvariantCulture)}"));
        }

        if (row.TtftMs is { } first) steps.Add(new TimelineStep("first-byte", Math.Round(first, 1)));
        steps.Add(new TimelineStep("ended", Math.Round(row.TotalMs, 1), row.Status));
        return steps;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Length > 200 ? text[..200] : text;
}
