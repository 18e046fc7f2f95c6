using Microsoft.AspNetCore.Http;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Access.Sessions;

namespace Switchyard.Platform.Access.Credentials;

/// <summary>How a credential came.</summary>
public enum Carrier
{
    /// <summary>None was presented.</summary>
    None,

    /// <summary><c>Authorization</c> or <c>x-api-key</c>: set on purpose by the client.</summary>
    Header,

    /// <summary>A cookie: sent by the browser by itself, also for somebody else's page.</summary>
    Cookie,
}

/// <summary>What was found out about a request's credential.</summary>
/// <param name="Principal">Whom it stands for; null when there is none or it is not valid.</param>
/// <param name="Carrier">How it came.</param>
public readonly record struct Authentication(Principal? Principal, Carrier Carrier);

/// <summary>
/// Finds out who calls. A header stands above the cookie: a request with a wrong header is refused, whatever cookie
/// comes along. Keys never wait for the database and allocate nothing.
/// </summary>
public sealed class Authenticator(KeyRing keys, SessionRing sessions, AdminToken adminToken, TimeProvider time)
{
    /// <summary>Name of the session cookie.</summary>
    public const string Cookie = "switchyard_session";

    private const string Scheme = "Bearer ";
    private const string KeyStart = "sy-";

    /// <summary>Looks at the request's carriers in their order.</summary>
    public ValueTask<Authentication> AuthenticateAsync(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization;
        if (authorization.Count > 0) return new(new Authentication(ByAuthorization(authorization), Carrier.Header));
        var apiKey = http.Request.Headers["x-api-key"];
        if (apiKey.Count > 0) return new(new Authentication(apiKey.Count == 1 ? ByKey(apiKey[0]) : null, Carrier.Header));
        return http.Request.Headers.Cookie.Count > 0 && http.Request.Cookies[Cookie] is { Length: > 0 } cookie
            ? ByCookieAsync(cookie, http.RequestAborted)
            : new(default(Authentication));
    }

    private Principal? ByAuthorization(Microsoft.Extensions.Primitives.StringValues values)
    {
        if (values.Count != 1 || values[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var secret = value.AsSpan(Scheme.Length).Trim(' ');
        return ByKey(secret) ?? (adminToken.Matches(secret) ? adminToken.Principal : null);
    }

    private Principal? ByKey(ReadOnlySpan<char> secret) =>
        secret.StartsWith(KeyStart, StringComparison.Ordinal) && SecretHash.TryOf(secret, out var hash)
            ? keys.Find(hash, time.GetUtcNow())
            : null;

    private async ValueTask<Authentication> ByCookieAsync(string cookie, CancellationToken cancel) => new(
        SecretHash.TryOf(cookie, out var hash) ? await sessions.FindAsync(hash, time.GetUtcNow(), cancel) : null,
        Carrier.Cookie);
}
