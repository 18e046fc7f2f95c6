using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Switchyard.Platform.Access.Credentials;

namespace Switchyard.Platform.Access;

/// <summary>Endpoints that take credentials away, perhaps the one that they were called with.</summary>
public static class CredentialEndpointExtensions
{
    /// <summary>Lets a request finish although it ends its own credential: signing out must still be answered.</summary>
    public static TBuilder OutlivesItsCredential<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Features.Get<Principal>()?.Use.Leave(context.HttpContext);
            return next(context);
        });
}
