using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Contracts.Flags;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Flags;

/// <summary>Registers feature flags and maps <c>/api/admin/flags</c>.</summary>
public static class FlagServices
{
    /// <summary>Adds flags over Microsoft.FeatureManagement.</summary>
    public static IHostApplicationBuilder AddFlags(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<FlagOverrides>();
        services.AddSingleton<FlagRing>();
        services.AddHostedService(s => s.GetRequiredService<FlagRing>());
        services.AddSingleton<FeatureFlags>();
        services.AddSingleton<IFlags>(s => s.GetRequiredService<FeatureFlags>());
        services.AddSingleton<FlagEditor>();
        services.AddSingleton<FlagStore>();
        return builder;
    }

    /// <summary>Maps list, change, removal, history, revert and the tester.</summary>
    public static void MapFlags(this IEndpointRouteBuilder routes)
    {
        var flags = routes.MapGroup("/api/admin/flags").WithTags("platform").RequireAccess(Grants.Admin);
        flags.MapGet("", ListAsync).WithName("listFlags").WithSummary("Feature flags.");
        flags.MapGet("/{name}", GetAsync).WithName("getFlag").WithSummary("One flag; its ETag is its version.").Produces<Flag>().ProducesProblem(404);
        flags.MapPut("/{name}", SetAsync).WithName("setFlag")
            .WithSummary("Sets a flag on, off, or on for a share of the keys; in effect on every node within two seconds.")
            .Produces<Flag>().ProducesProblem(400).ProducesProblem(412);
        flags.MapDelete("/{name}", RemoveAsync).WithName("removeFlag").WithSummary("Removes a flag; its history stays.")
            .Produces(204).ProducesProblem(404);
        flags.MapGet("/{name}/evaluate", EvaluateAsync).WithName("evaluateFlag").WithSummary("Would this key get it, and why?")
            .Produces<FlagEvaluation>().ProducesProblem(400);
        flags.MapGet("/{name}/history", HistoryAsync).WithName("listFlagHistory").WithSummary("Every version, newest first.");
        flags.MapPost("/{name}/revert", RevertAsync).WithName("revertFlag").WithSummary("Sets a flag to what it was in an earlier version.")
            .Produces<Flag>().ProducesProblem(404);
    }

    /// <summary>The version to go back to.</summary>
    public sealed record RevertRequest(long Version);

    private static async Task<Page<Flag>> ListAsync(HttpContext http, FlagStore store, CancellationToken cancel) =>
        new(await store.ListAsync(http.Caller().TenantId, cancel), null);

    private static async Task<IResult> GetAsync(HttpContext http, string name, FlagStore store, CancellationToken cancel) =>
        await store.FindAsync(http.Caller().TenantId, name, cancel) is { } flag
            ? Show(http, flag)
            : ProblemResults.Of(http, CommonProblems.NotFound("flag", name));

    private static async Task<IResult> SetAsync(HttpContext http, string name, FlagSettings settings, FlagEditor editor, CancellationToken cancel)
    {
        var expected = VersionTag.IfMatch(http.Request);
        if (!expected.Ok) return ProblemResults.Of(http, expected.Problem);
        return Show(http, await editor.SetAsync(http.Caller(), name, settings, expected.Value, cancel));
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, string name, FlagEditor editor, CancellationToken cancel) =>
        await editor.RemoveAsync(http.Caller(), name, cancel) is { } problem ? ProblemResults.Of(http, problem) : Results.NoContent();

    private static async Task<IResult> EvaluateAsync(HttpContext http, string name, FeatureFlags flags, CancellationToken cancel, string? key = null) =>
        string.IsNullOrEmpty(key)
            ? ProblemResults.Of(http, CommonProblems.Required("key"))
            : Results.Ok(await flags.EvaluateAsync(http.Caller().TenantId, name, key, cancel));

    private static async Task<Page<FlagVersion>> HistoryAsync(HttpContext http, string name, FlagStore store, CancellationToken cancel) =>
        new(await store.HistoryAsync(http.Caller().TenantId, name, cancel), null);

    private static async Task<IResult> RevertAsync(HttpContext http, string name, RevertRequest request, FlagEditor editor, CancellationToken cancel) =>
        Show(http, await editor.RevertAsync(http.Caller(), name, request.Version, cancel));

    private static IResult Show(HttpContext http, Result<Flag> flag)
    {
        if (!flag.Ok) return ProblemResults.Of(http, flag.Problem);
        http.Response.Headers.ETag = VersionTag.Of(flag.Value.Version);
        return Results.Ok(flag.Value);
    }
}
