using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Pipeline.Authentication;
using Switchyard.Gateway.Routing;
using Switchyard.Gateway.Wire.Documents;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary><c>GET /v1/models</c>: what this caller may ask for, in OpenAI's shape or, for Anthropic's clients, in theirs.</summary>
public static class ModelsEndpoint
{
    /// <summary>Maps E120, and one model by its name.</summary>
    public static void MapModels(this IEndpointRouteBuilder routes, DialectProblems problems)
    {
        routes.MapGet("/v1/models", (HttpContext http, ISnapshots snapshots) => List(http, snapshots))
            .WithName("listModels").WithTags("gateway")
            .WithSummary("Models this key may use.")
            .WithDescription("With an anthropic-version header the list is in Anthropic's shape.")
            .Produces<ModelListDocument>().Produces<OpenAiErrorDocument>(401).Produces<OpenAiErrorDocument>(403).RequireAccess(Grants.Client);
        routes.MapGet("/v1/models/{**model}", (HttpContext http, ISnapshots snapshots, string model) => FindAsync(http, snapshots, problems, model))
            .WithName("getModel").WithTags("gateway")
            .WithSummary("One model this key may use.")
            .Produces<ModelDocument>().Produces<OpenAiErrorDocument>(400).Produces<OpenAiErrorDocument>(401).Produces<OpenAiErrorDocument>(403).Produces<OpenAiErrorDocument>(404).RequireAccess(Grants.Client);
    }

    private static IResult List(HttpContext http, ISnapshots snapshots)
    {
        var models = Allowed(http, snapshots.Current);
        if (!IsAnthropic(http)) return Results.Ok(new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. models.Select(OpenAi)]) });
        return Results.Ok(new JsonObject
        {
            ["data"] = new JsonArray([.. models.Select(Anthropic)]),
            ["has_more"] = false,
            ["first_id"] = models.Count > 0 ? models[0].Name : null,
            ["last_id"] = models.Count > 0 ? models[^1].Name : null,
        });
    }

    private static async Task FindAsync(HttpContext http, ISnapshots snapshots, DialectProblems problems, string model)
    {
        // The one escape that routing leaves as it is; the official clients escape the slash of a name.
        model = model.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (Find(http, snapshots.Current, model) is { } found)
        {
            await Results.Ok(IsAnthropic(http) ? Anthropic(found) : OpenAi(found)).ExecuteAsync(http);
            return;
        }

        var nearest = NearestNames.To(model, Allowed(http, snapshots.Current).Select(m => m.Name), 3);
        var problem = (nearest.Count > 0 ? new Problem("model_not_found", 404, "model").With("nearest", string.Join(", ", nearest)) : new Problem("no_model_configured", 404, "model"))
            .With("model", model.Length <= 100 ? model : model[..100]);
        await problems.WriteAsync(http, problem);
    }

    // Whatever a call may name is found, also where the list has a shorter name for it.
    private static (string Name, string Owner)? Find(HttpContext http, GatewaySnapshot snapshot, string model)
    {
        var caller = http.Caller();
        if (!snapshot.Tenants.TryGetValue(caller.TenantId, out var tenant)) return null;
        if (ModelRouter.Resolve(tenant, model) is not { Ok: true, Value: { } plan }) return null;
        return http.RequestServices.GetRequiredService<CheckModel>()(caller, model) is null ? (model, plan.Providers[0].Name) : null;
    }

    private static List<(string Name, string Owner)> Allowed(HttpContext http, GatewaySnapshot snapshot)
    {
        var caller = http.Caller();
        if (!snapshot.Tenants.TryGetValue(caller.TenantId, out var tenant)) return [];
        var check = http.RequestServices.GetRequiredService<CheckModel>();
        return [.. ModelRouter.Listed(tenant).Where(m => check(caller, m.Name) is null)];
    }

    private static bool IsAnthropic(HttpContext http) => DialectProblems.DialectOf(http.Request) == Dialect.AnthropicMessages;

    // Vendors state when a model appeared; nobody relies on it, and we do not know it.
    private static JsonObject OpenAi((string Name, string Owner) model) => new()
    {
        ["id"] = model.Name, ["object"] = "model", ["created"] = 0, ["owned_by"] = model.Owner,
    };

    private static JsonObject Anthropic((string Name, string Owner) model) => new()
    {
        ["type"] = "model", ["id"] = model.Name, ["display_name"] = model.Name, ["created_at"] = "1970-01-01T00:00:00Z",
    };
}
