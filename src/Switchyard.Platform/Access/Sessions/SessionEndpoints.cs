using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.Contracts.Events.Access;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Access.Sessions;

/// <summary>Signing in and out: <c>/api/session</c>.</summary>
internal static class SessionEndpoints
{
    /// <summary>Name (or e-mail address) and password.</summary>
    public sealed record SignInRequest(string Name, string Password);

    /// <summary>The token of a one-time link.</summary>
    public sealed record LinkRequest(string Token);

    /// <summary>A new password; the current one is needed where there is one.</summary>
    public sealed record PasswordRequest(string New, string? Current = null);

    /// <summary>One of the languages.</summary>
    public sealed record LanguageRequest(string Language);

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/session").WithTags("platform");
        session.MapGet("", (HttpContext http, SessionViews views, CancellationToken cancel) => views.OfAsync(http.Caller(), cancel))
            .AllowAnyone().WithName("getSession").WithSummary("Who is signed in, and what they may do.");
        session.MapPost("", ByPasswordAsync).AllowAnyone().OwnPagesOnly()
            .WithName("signIn").WithSummary("Signs in with name and password; answers with a session cookie.")
            .Produces<SessionView>().ProducesProblem(401).ProducesProblem(429);
        session.MapPost("/link", ByLinkAsync).AllowAnyone().OwnPagesOnly()
            .WithName("signInByLink").WithSummary("Signs in with a one-time link.")
            .Produces<SessionView>().ProducesProblem(401);
        session.MapPut("/password", ChangePasswordAsync).RequireAccess(Grants.Viewer).OutlivesItsCredential()
            .WithName("changePassword").WithSummary("Sets one's own password and ends one's other sessions.")
            .Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(429);
        session.MapPut("/language", ChangeLanguageAsync).RequireAccess(Grants.Viewer)
            .WithName("changeLanguage").WithSummary("Remembers one's language.")
            .Produces(204).ProducesProblem(400);
        session.MapDelete("", SignOutAsync).AllowAnyone().OwnPagesOnly().OutlivesItsCredential()
            .WithName("signOut").WithSummary("Ends this session on every node.").Produces(204);
    }

    private static async Task<IResult> ByPasswordAsync(
        HttpContext http, SignInRequest request, SignIn signIn, SessionViews views, CancellationToken cancel) =>
        await AnswerAsync(http, await signIn.ByPasswordAsync(request.Name, request.Password, http.Connection.RemoteIpAddress, cancel), views, cancel);

    private static async Task<IResult> ByLinkAsync(
        HttpContext http, LinkRequest request, SignIn signIn, SessionViews views, CancellationToken cancel) =>
        await AnswerAsync(http, await signIn.ByLinkAsync(request.Token, http.Connection.RemoteIpAddress, cancel), views, cancel);

    private static async Task<IResult> AnswerAsync(HttpContext http, Result<NewSession> session, SessionViews views, CancellationToken cancel)
    {
        if (!session.Ok) return ProblemResults.Of(http, session.Problem);
        http.Response.Cookies.Append(Authenticator.Cookie, session.Value.Token, CookieOptions(http));
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await views.OfAsync(session.Value.Caller, cancel));
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext http, PasswordRequest request, SignIn signIn, CancellationToken cancel)
    {
        if (http.Caller().Kind != CallerKind.User) return ProblemResults.Of(http, AccessProblems.SessionNeeded);
        var problem = await signIn.ChangePasswordAsync(http.Features.Get<Principal>()!, request.Current, request.New, cancel);
        return problem is null ? Results.NoContent() : ProblemResults.Of(http, problem);
    }

    private static async Task<IResult> ChangeLanguageAsync(HttpContext http, LanguageRequest request, Database database, CancellationToken cancel)
    {
        var caller = http.Caller();
        if (caller.Kind != CallerKind.User) return ProblemResults.Of(http, AccessProblems.SessionNeeded);
        if (!Language.All.Contains(request.Language)) return ProblemResults.Of(http, CommonProblems.NotAllowed("language", Language.All));
        await using var change = await database.BeginAsync(caller, cancel);
        await change.Connection.ExecuteAsync(new CommandDefinition(
            "update platform.users set language = @Language where id = @Id", new { request.Language, caller.Id }, change.Transaction, cancellationToken: cancel));
        change.Raise(caller.Id.ToString()!, new UserChanged(caller.Id!.Value, "updated"));
        change.Record(new AuditEntry("change-language", "user", caller.Id.ToString()!, null, AuditJson.Of(request)));
        await change.CommitAsync(cancel);
        return Results.NoContent();
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignIn signIn, CancellationToken cancel)
    {
        if (http.Caller().Kind == CallerKind.User) await signIn.EndAsync(http.Features.Get<Principal>()!, cancel);
        http.Response.Cookies.Delete(Authenticator.Cookie, CookieOptions(http));
        return Results.NoContent();
    }

    // Host-only, out of reach of scripts, never sent for another site's page. It lasts as long as the server lets it.
    private static CookieOptions CookieOptions(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = PublicAddress.IsHttps(http),
        Path = "/",
        MaxAge = http.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.SessionLongest,
    };
}
