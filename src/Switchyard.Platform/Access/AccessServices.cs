using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Access.Sessions;
using Switchyard.Platform.Access.Users;

namespace Switchyard.Platform.Access;

/// <summary>Registers who may do what.</summary>
public static class AccessServices
{
    /// <summary>Adds users, sessions, API keys and what checks them.</summary>
    public static IHostApplicationBuilder AddAccess(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccessOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.AdminToken ??= configuration["SWITCHYARD_ADMIN_TOKEN"];
            options.DataDirectory ??= configuration["data:directory"];
        });
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SessionRing>();
        services.AddSingleton<AdminToken>();
        services.AddSingleton<Authenticator>();
        services.AddHostedService(s => s.GetRequiredService<KeyRing>());
        services.AddHostedService(s => s.GetRequiredService<SessionRing>());
        services.AddSingleton<CredentialKeeper>();
        services.AddHostedService(s => s.GetRequiredService<CredentialKeeper>());
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<OneTimeLinks>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<SessionViews>();
        return builder;
    }

    /// <summary>Guards every endpoint; call after routing and before the endpoints.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app.UseMiddleware<AccessMiddleware>();

    /// <summary>Maps sign-in, users and sessions.</summary>
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapSessions();
        routes.MapUsers();
    }
}
