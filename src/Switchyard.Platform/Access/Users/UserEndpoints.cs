using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Access.Users;

/// <summary>Users and roles: <c>/api/admin/users</c>.</summary>
internal static class UserEndpoints
{
    /// <summary>A person to add; without a password the answer holds an invitation link.</summary>
    public sealed record CreateRequest(string Name, IReadOnlyList<string> Roles, string? Email = null, string? Password = null);

    /// <summary>What to change; absent members stay. An empty e-mail address removes it.</summary>
    public sealed record PatchRequest(string? Name = null, string? Email = null, IReadOnlyList<string>? Roles = null, string? Status = null);

    /// <summary>A person as created; the link is shown this once.</summary>
    public sealed record CreatedUser(
        Guid Id, string Name, string? Email, IReadOnlyList<string> Roles, string Status, DateTimeOffset CreatedAt,
        DateTimeOffset? LastSignInAt, string? InviteLink);

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/admin/users").WithTags("platform").RequireAccess(Grants.Admin).OutlivesItsCredential();
        users.MapGet("", ListAsync).WithName("listUsers").WithSummary("Users and roles.").Produces<Page<User>>().ProducesProblem(400);
        users.MapPost("", CreateAsync).WithName("createUser").WithSummary("Adds a person, with a password or with an invitation link.")
            .Produces<CreatedUser>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        users.MapGet("/{id:guid}", GetAsync).WithName("getUser").WithSummary("One person.").Produces<User>().ProducesProblem(404);
        users.MapPatch("/{id:guid}", PatchAsync).WithName("updateUser").WithSummary("Changes name, address, roles or status.")
            .Produces<User>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        users.MapDelete("/{id:guid}", RemoveAsync).WithName("removeUser")
            .WithSummary("Removes a person: sessions end at once, links and API keys made by them stop working.")
            .Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        users.MapPost("/{id:guid}/reset", ResetAsync).WithName("resetUser")
            .WithSummary("Takes the password and all sessions away and makes a link to set a new one.")
            .Produces<CreatedUser>().ProducesProblem(403).ProducesProblem(404);
        users.MapDelete("/{id:guid}/sessions", EndSessionsAsync).WithName("endUserSessions")
            .WithSummary("Ends all sessions of a person, open streams included.").Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, UserDirectory users, CancellationToken cancel, Guid? cursor = null, int? limit = null)
    {
        var size = Paging.Limit(limit);
        if (!size.Ok) return ProblemResults.Of(http, size.Problem);
        var rows = await users.ListAsync(http.Caller().TenantId, cursor, size.Value + 1, cancel);
        return Results.Ok(Paging.Of(rows, size.Value, u => u.Id.ToString()));
    }

    private static async Task<IResult> GetAsync(HttpContext http, Guid id, UserDirectory users, CancellationToken cancel) =>
        await users.FindAsync(http.Caller().TenantId, id, cancel) is { } user
            ? Results.Ok(user)
            : ProblemResults.Of(http, CommonProblems.NotFound("user", id));

    private static async Task<IResult> CreateAsync(HttpContext http, CreateRequest request, UserDirectory users, CancellationToken cancel)
    {
        var created = await users.CreateAsync(http.Caller(), new NewUser(request.Name, request.Email, request.Roles, request.Password), cancel);
        return created.Ok
            ? Results.Created($"/api/admin/users/{created.Value.User.Id}", Show(http, created.Value))
            : ProblemResults.Of(http, created.Problem);
    }

    private static async Task<IResult> PatchAsync(HttpContext http, Guid id, PatchRequest request, UserDirectory users, CancellationToken cancel) =>
        ProblemResults.Of(http, await users.UpdateAsync(
            http.Caller(), id, new UserPatch(request.Name, request.Email, request.Roles, request.Status), cancel));

    private static async Task<IResult> RemoveAsync(HttpContext http, Guid id, UserDirectory users, CancellationToken cancel) =>
        await users.RemoveAsync(http.Caller(), id, cancel) is { } problem ? ProblemResults.Of(http, problem) : Results.NoContent();

    private static async Task<IResult> ResetAsync(HttpContext http, Guid id, UserDirectory users, CancellationToken cancel)
    {
        var reset = await users.ResetAsync(http.Caller(), id, cancel);
        return reset.Ok ? Results.Ok(Show(http, reset.Value)) : ProblemResults.Of(http, reset.Problem);
    }

    private static async Task<IResult> EndSessionsAsync(HttpContext http, Guid id, UserDirectory users, CancellationToken cancel) =>
        await users.EndSessionsAsync(http.Caller(), id, cancel) is { } problem ? ProblemResults.Of(http, problem) : Results.NoContent();

    private static CreatedUser Show(HttpContext http, UserWithLink made)
    {
        http.Response.Headers.CacheControl = "no-store";
        var user = made.User;
        var link = made.LinkToken is null ? null : PublicAddress.Of(http) + OneTimeLinks.PathOf(made.LinkToken);
        return new CreatedUser(user.Id, user.Name, user.Email, user.Roles, user.Status, user.CreatedAt, user.LastSignInAt, link);
    }
}
