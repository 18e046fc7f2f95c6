using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Configuration.Testing;

/// <summary>Connection tests of stored providers and unsaved forms.</summary>
public static class ConnectionTestEndpoints
{
    /// <summary>Maps <c>POST /admin/config/llm/{id}/test</c> and <c>POST /admin/config/llm/test</c>.</summary>
    public static void MapConnectionTests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/admin/config/llm").RequireAccess(Grants.Admin).WithTags("gateway");
        group.MapPost("{id:guid}/test", async (Guid id, HttpContext http, ConnectionTests tests, CancellationToken cancel) =>
                ProblemResults.Of(http, await tests.StoredAsync(http.Caller(), id, Language.Of(http), cancel)))
            .WithName("testProvider").WithSummary("Real connection test, step by step, in the caller's language")
            .Produces<ConnectionReport>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        group.MapPost("test", async (ConnectionTestForm form, HttpContext http, ConnectionTests tests, CancellationToken cancel) =>
                ProblemResults.Of(http, await tests.UnsavedAsync(http.Caller(), form, Language.Of(http), cancel)))
            .WithName("testProviderForm").WithSummary("The same test of a form that is not saved")
            .WithDescription("With the id of a stored provider its key is used, but only for the same scheme, host and port.")
            .Produces<ConnectionReport>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
    }
}
