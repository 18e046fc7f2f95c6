using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Switchyard.Platform.Access;

/// <summary>What an endpoint demands of its caller, and the row of the endpoint list that it implements.</summary>
/// <param name="Needed">The one grant; <see cref="Grants.None"/> means anyone.</param>
public sealed record AccessRequirement(Grants Needed);

/// <summary>Declares and reads access on endpoints. An endpoint without a declaration is refused to everybody.</summary>
public static class AccessEndpointExtensions
{
    /// <summary>Only callers that hold <paramref name="needed"/> reach this endpoint.</summary>
    public static TBuilder RequireAccess<TBuilder>(this TBuilder builder, Grants needed)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new AccessRequirement(needed));
        return builder;
    }

    /// <summary>Anybody may call this endpoint, authenticated or not.</summary>
    public static TBuilder AllowAnyone<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAccess(Grants.None);

    /// <summary>The caller that the access middleware authenticated; <see cref="Caller.Anonymous"/> before it ran.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.Get<Caller>() ?? Access.Caller.Anonymous;
}
