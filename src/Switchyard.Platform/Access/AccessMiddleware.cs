using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Access;

/// <summary>
/// Authenticates every request and holds it to what its endpoint demands. While the request runs it is known to its
/// credential, so that taking the credential away ends it.
/// </summary>
public sealed class AccessMiddleware(RequestDelegate next, Authenticator authenticator, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Routing's own answers (405, 415) and requests that match nothing are not ours to guard.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }

        if (endpoint.Metadata.GetMetadata<AccessRequirement>() is not { Needed: var needed })
        {
            await Refusals.WriteAsync(http, AccessProblems.Closed);
            return;
        }

        Authentication found;
        try
        {
            found = await authenticator.AuthenticateAsync(http);
        }
        catch (Exception error) when (needed == Grants.None && ExceptionProblems.IsDatabaseAway(error))
        {
            // A browser's cookie cannot be looked up now; health and the console's files are for anyone.
            found = default;
        }

        var (principal, carrier) = found;
        if (principal is null)
        {
            var problem = needed == Grants.None || (needed == Grants.Scrape && carrier == Carrier.None && IsLocal(http))
                ? SameOrigin.CheckMarked(http, endpoint)
                : AccessProblems.NotAuthenticated;
            await (problem is null ? next(http) : Refusals.WriteAsync(http, problem));
            return;
        }

        var refusal = !principal.Caller.May(needed) ? AccessProblems.Forbidden(needed)
            : carrier == Carrier.Cookie ? SameOrigin.CheckCookieWrite(http)
            : null;
        if (refusal is null && !principal.Use.TryEnter(http, time.GetUtcNow())) refusal = AccessProblems.NotAuthenticated;
        if (refusal is not null)
        {
            await Refusals.WriteAsync(http, refusal);
            return;
        }

        try
        {
            http.Features.Set(principal);
            http.Features.Set(principal.Caller);
            await next(http);
        }
        finally
        {
            principal.Use.Leave(http);
        }
    }

    // A proxy on this machine makes every visitor look local, but says so.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && !http.Request.Headers.ContainsKey("Forwarded");
}
