using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Switchyard.Gateway.Keys;

/// <summary>Registers client keys.</summary>
public static class KeyServices
{
    /// <summary>Adds the policies of keys and their editor.</summary>
    public static IHostApplicationBuilder AddClientKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KeyPolicies>();
        builder.Services.AddHostedService(s => s.GetRequiredService<KeyPolicies>());
        builder.Services.AddSingleton<KeyEditor>();
        return builder;
    }

    /// <summary>Maps <c>/api/admin/keys</c>.</summary>
    public static void MapClientKeys(this IEndpointRouteBuilder routes) => routes.MapKeys();
}
