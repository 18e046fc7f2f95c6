using Switchyard.Platform.Http;

namespace Switchyard.Platform.Access;

/// <summary>Refusals of this folder.</summary>
public static class AccessProblems
{
    /// <summary>No valid credential.</summary>
    public static Problem NotAuthenticated { get; } = new("not_authenticated", 401);

    /// <summary>A cookie write from another site.</summary>
    public static Problem OtherOrigin { get; } = new("other_origin", 403);

    /// <summary>A cookie write whose body is not JSON.</summary>
    public static Problem JsonBodyNeeded { get; } = new("json_body_needed", 415);

    /// <summary>An endpoint that nobody declared an access for.</summary>
    public static Problem Closed { get; } = new("endpoint_closed", 403);

    /// <summary>Name or password is wrong; which one, and whether the account exists, is not said.</summary>
    public static Problem SignInFailed { get; } = new("sign_in_failed", 401);

    /// <summary>A one-time link that was used, expired, or never existed.</summary>
    public static Problem LinkInvalid { get; } = new("link_invalid", 401);

    /// <summary>The current password is wrong.</summary>
    public static Problem PasswordWrong { get; } = new("password_wrong", 403, "current");

    /// <summary>Only a person with a session may do this.</summary>
    public static Problem SessionNeeded { get; } = new("session_needed", 403);

    /// <summary>Nobody would be left to administer the tenant.</summary>
    public static Problem LastAdmin { get; } = new("last_admin", 409);

    /// <summary>A user's name that could be taken for an address.</summary>
    public static Problem UserNameMalformed { get; } = new("user_name_malformed", 400, "name");

    /// <summary>The caller lacks a grant.</summary>
    public static Problem Forbidden(Grants needed) =>
        new Problem("forbidden", 403).With("needed", needed.ToString().ToLowerInvariant());

    /// <summary>Nobody may hand out more than they have.</summary>
    public static Problem MoreThanOwn(string field) => new("more_than_own", 403, field);

    /// <summary>Too many wrong passwords.</summary>
    public static Problem TooManyAttempts(TimeSpan wait) =>
        new Problem("too_many_attempts", 429) { RetryAfter = wait }.With("seconds", (long)Math.Ceiling(wait.TotalSeconds));

    /// <summary>A password that is too easy.</summary>
    public static Problem PasswordWeak(string field, int shortest) =>
        new Problem("password_weak", 400, field).With("shortest", shortest);
}
