using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Keys;

/// <summary>Client keys: <c>/api/admin/keys</c>.</summary>
internal static class KeyEndpoints
{
    /// <summary>A key to make. No models means all.</summary>
    public sealed record CreateRequest(
        string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null, IReadOnlyList<string>? AllowedModels = null);

    /// <summary>What to change; absent members stay, <c>expiresAt: null</c> means never.</summary>
    public sealed record PatchRequest
    {
        public string? Name { get; init; }

        public IReadOnlyList<string>? Scopes { get; init; }

        public IReadOnlyList<string>? AllowedModels { get; init; }

        public DateTimeOffset? ExpiresAt
        {
            get;
            init
            {
                field = value;
                HasExpiresAt = true;
            }
        }

        [JsonIgnore]
        public bool HasExpiresAt { get; private init; }
    }

    /// <summary>A key as it is shown.</summary>
    public sealed record KeyView(
        Guid Id,
        string Name,
        string Prefix,
        string Owner,
        IReadOnlyList<string> Scopes,
        IReadOnlyList<string> AllowedModels,
        DateTimeOffset CreatedAt,
        DateTimeOffset? ExpiresAt,
        DateTimeOffset? LastUsedAt,
        string Status,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null);

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/admin/keys").WithTags("gateway").RequireAccess(Grants.Admin).OutlivesItsCredential();
        keys.MapGet("", ListAsync).WithName("listKeys").WithSummary("Client keys, newest first, without their secrets.")
            .Produces<Page<KeyView>>().ProducesProblem(400);
        keys.MapPost("", CreateAsync).WithName("createKey").WithSummary("Makes a key; its secret is in this answer and nowhere else.")
            .Produces<KeyView>(201).ProducesProblem(400).ProducesProblem(403);
        keys.MapGet("/{id:guid}", GetAsync).WithName("getKey").WithSummary("One key.").Produces<KeyView>().ProducesProblem(404);
        keys.MapPatch("/{id:guid}", PatchAsync).WithName("updateKey").WithSummary("Changes name, scopes, models or expiry.")
            .Produces<KeyView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        keys.MapDelete("/{id:guid}", RevokeAsync).WithName("revokeKey")
            .WithSummary("Revokes a key on every node within two seconds, open streams and keys made by it included.")
            .Produces(204).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, ApiKeys keys, Database database, TimeProvider time, CancellationToken cancel, Guid? cursor = null, int? limit = null)
    {
        var size = Paging.Limit(limit);
        if (!size.Ok) return ProblemResults.Of(http, size.Problem);
        var tenant = http.Caller().TenantId;
        var page = Paging.Of(await keys.ListAsync(tenant, cursor, size.Value + 1, cancel), size.Value, k => k.Id.ToString());
        return Results.Ok(new Page<KeyView>(await ShowAsync(page.Items, tenant, database, time, cancel), page.NextCursor));
    }

    private static async Task<IResult> GetAsync(
        HttpContext http, Guid id, ApiKeys keys, Database database, TimeProvider time, CancellationToken cancel)
    {
        var tenant = http.Caller().TenantId;
        return await keys.FindAsync(tenant, id, cancel) is { } key
            ? Results.Ok((await ShowAsync([key], tenant, database, time, cancel))[0])
            : ProblemResults.Of(http, CommonProblems.NotFound("api-key", id));
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, CreateRequest request, KeyEditor editor, Database database, TimeProvider time, CancellationToken cancel)
    {
        var caller = http.Caller();
        var created = await editor.CreateAsync(caller, request.Name, request.Scopes, request.ExpiresAt, request.AllowedModels, cancel);
        if (!created.Ok) return ProblemResults.Of(http, created.Problem);
        http.Response.Headers.CacheControl = "no-store";
        var view = (await ShowAsync([created.Value.Key], caller.TenantId, database, time, cancel))[0];
        return Results.Created($"/api/admin/keys/{view.Id}", view with { Secret = created.Value.Secret });
    }

    private static async Task<IResult> PatchAsync(
        HttpContext http, Guid id, PatchRequest request, KeyEditor editor, Database database, TimeProvider time, CancellationToken cancel)
    {
        var change = new KeyChange(request.Name, request.Scopes, request.HasExpiresAt, request.ExpiresAt, request.AllowedModels);
        var updated = await editor.UpdateAsync(http.Caller(), id, change, cancel);
        return updated.Ok
            ? Results.Ok((await ShowAsync([updated.Value], http.Caller().TenantId, database, time, cancel))[0])
            : ProblemResults.Of(http, updated.Problem);
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, Guid id, KeyEditor editor, CancellationToken cancel) =>
        await editor.RevokeAsync(http.Caller(), id, cancel) is { } problem ? ProblemResults.Of(http, problem) : Results.NoContent();

    private static async Task<IReadOnlyList<KeyView>> ShowAsync(
        IReadOnlyList<ApiKey> keys, Guid tenant, Database database, TimeProvider time, CancellationToken cancel)
    {
        var models = await KeyPolicyStore.FindAllAsync(database, tenant, [.. keys.Select(k => k.Id)], cancel);
        var now = time.GetUtcNow();
        return [.. keys.Select(k => new KeyView(
            k.Id, k.Name, k.Prefix, k.Owner, k.Scopes, models.GetValueOrDefault(k.Id) ?? [], k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.StatusAt(now)))];
    }
}
