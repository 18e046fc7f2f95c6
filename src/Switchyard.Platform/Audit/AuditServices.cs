using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Audit;

/// <summary>Registers the audit log and maps <c>/api/admin/audit</c>.</summary>
public static class AuditServices
{
    /// <summary>Adds reading and checking; writing is part of every change.</summary>
    public static IHostApplicationBuilder AddAudit(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditLog>();
        return builder;
    }

    /// <summary>Maps the list, the export and the check of the chain.</summary>
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/admin/audit").WithTags("platform").RequireAccess(Grants.Admin);
        audit.MapGet("", ListAsync).WithName("listAudit").WithSummary("Who changed what, when: newest first.")
            .WithDescription("With format=csv or format=jsonl everything that matches is streamed as a file.")
            .Produces<Page<AuditItem>>().ProducesProblem(400);
        audit.MapGet("/verify", (HttpContext http, AuditLog log, CancellationToken cancel) => log.VerifyAsync(http.Caller().TenantId, cancel))
            .WithName("verifyAudit").WithSummary("Checks the hash chain: finds a row that was changed, removed or moved.");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        AuditLog log,
        CancellationToken cancel,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? actor = null,
        string? action = null,
        string? resource = null,
        string? resourceId = null,
        string? cursor = null,
        int? limit = null,
        string? format = null)
    {
        var tenant = http.Caller().TenantId;
        var filter = new AuditFilter(from?.ToUniversalTime(), to?.ToUniversalTime(), actor, action, resource, resourceId);
        var texts = new[] { (nameof(actor), actor), (nameof(action), action), (nameof(resource), resource), (nameof(resourceId), resourceId) };
        if (Array.Find(texts, t => t.Item2?.Contains('\0', StringComparison.Ordinal) == true) is { Item2: not null } bad)
            return ProblemResults.Of(http, CommonProblems.ControlCharacter(bad.Item1));
        if (format is "csv" or "jsonl") return new AuditExport(log.ReadAllAsync(tenant, filter, cancel), format == "csv");
        if (format is not (null or "json")) return ProblemResults.Of(http, CommonProblems.NotAllowed("format", ["json", "csv", "jsonl"]));
        var size = Paging.Limit(limit);
        if (!size.Ok) return ProblemResults.Of(http, size.Problem);
        long? before = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                return ProblemResults.Of(http, CommonProblems.Malformed("cursor", "nextCursor"));
            before = position;
        }

        var rows = await log.ReadAsync(tenant, filter, before, size.Value + 1, cancel);
        var page = Paging.Of(rows, size.Value, r => r.Position.ToString(CultureInfo.InvariantCulture));
        return Results.Ok(new Page<AuditItem>([.. page.Items.Select(r => r.Item)], page.NextCursor));
    }
}
