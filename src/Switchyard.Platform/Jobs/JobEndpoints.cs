using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Jobs;

/// <summary>E213: background jobs with progress.</summary>
public static class JobEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/jobs").WithTags("platform");
        jobs.MapGet("", ListAsync).RequireAccess(Grants.Viewer).WithName("listJobs")
            .WithSummary("Background jobs, newest first").WithDescription("`status` takes several names, separated by commas.")
            .Produces<Page<Job>>().ProducesProblem(400);
        jobs.MapGet("{id:guid}", GetAsync).RequireAccess(Grants.Viewer).WithName("getJob")
            .WithSummary("One job with its progress").Produces<Job>().ProducesProblem(404);
        jobs.MapPost("{id:guid}/cancel", CancelAsync).RequireAccess(Grants.Viewer).WithName("cancelJob")
            .WithSummary("Stops a job; whoever started it may, and an admin")
            .Produces<Job>(202).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        jobs.MapGet("{id:guid}/result", ResultAsync).RequireAccess(Grants.Viewer).WithName("getJobResult")
            .WithSummary("What the job left: its file, or its result as JSON").Produces<System.Text.Json.Nodes.JsonObject>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, JobStore store, Messages messages, string? status, string? type, string? cursor, int? limit, CancellationToken cancel)
    {
        var rows = Paging.Limit(limit);
        if (!rows.Ok) return ProblemResults.Of(http, rows.Problem);
        Guid? after = null;
        if (!string.IsNullOrEmpty(cursor))
        {
            if (!Guid.TryParse(cursor, out var id)) return ProblemResults.Of(http, CommonProblems.Malformed("cursor", new Phrase("expected.cursor")));
            after = id;
        }

        var statuses = status?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var names = Enum.GetValues<JobStatus>().Select(JobStates.Name).ToArray();
        if (statuses.Except(names).Any()) return ProblemResults.Of(http, CommonProblems.NotAllowed("status", names));

        var found = await store.ListAsync(http.Caller().TenantId, statuses, type, after, rows.Value + 1, cancel);
        var view = found.Select(row => View(http, messages, row)).ToList();
        return Results.Ok(Paging.Of(view, rows.Value, job => job.Id.ToString()));
    }

    private static async Task<IResult> GetAsync(HttpContext http, Guid id, JobStore store, Messages messages, CancellationToken cancel) =>
        await store.FindAsync(http.Caller().TenantId, id, cancel) is { } row
            ? Results.Ok(View(http, messages, row))
            : ProblemResults.Of(http, CommonProblems.NotFound("job", id));

    private static async Task<IResult> CancelAsync(HttpContext http, Guid id, JobStore store, Messages messages, CancellationToken cancel)
    {
        var caller = http.Caller();
        if (await store.FindAsync(caller.TenantId, id, cancel) is not { } row) return ProblemResults.Of(http, CommonProblems.NotFound("job", id));
        var own = caller.Id is not null && row.CreatedById == caller.Id;
        if (!own && !caller.May(Grants.Admin)) return ProblemResults.Of(http, AccessProblems.Forbidden(Grants.Admin));
        return await store.CancelAsync(caller, id, cancel) is { } after
            ? Results.Json(View(http, messages, after), statusCode: 202)
            : ProblemResults.Of(http, JobStore.Ended((await store.FindAsync(caller.TenantId, id, cancel))!));
    }

    private static async Task<IResult> ResultAsync(HttpContext http, Guid id, JobStore store, CancellationToken cancel)
    {
        var tenant = http.Caller().TenantId;
        if (await store.FindAsync(tenant, id, cancel) is not { } row) return ProblemResults.Of(http, CommonProblems.NotFound("job", id));
        if (await store.FileAsync(tenant, id, cancel) is { } file)
        {
            // Always a download: what a job leaves is data, never a page of ours.
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(file.Name);
            http.Response.Headers.ContentDisposition = disposition.ToString();
            return Results.Stream(body => store.CopyFileAsync(tenant, id, body, cancel), file.ContentType);
        }

        return row.Result is { } json
            ? Results.Text(json, "application/json")
            : ProblemResults.Of(http, new Problem("job_without_result", 409).With("status", row.Status));
    }

    private static Job View(HttpContext http, Messages messages, JobRow row)
    {
        if (row.ErrorCode is null) return row.ToJob(null);
        var args = row.ErrorArgs is null ? null : JsonSerializer.Deserialize<Dictionary<string, object?>>(row.ErrorArgs);
        return row.ToJob(messages.Text(Language.Of(http), $"errors.{row.ErrorCode}.detail", args));
    }
}
