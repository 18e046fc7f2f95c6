using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Configuration;

namespace Switchyard.Platform.Operations;

/// <summary>Health, nodes, effective configuration.</summary>
public static class OperationsServices
{
    /// <summary>Adds what watches this node and its database.</summary>
    public static IHostApplicationBuilder AddOperations(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings([.. HostSettings.All]);
        services.TryAddSingleton(new DatabaseLocation(builder.Configuration[HostSettings.Database] ?? "", Embedded: false));
        services.AddSingleton<EffectiveConfiguration>();
        services.AddSingleton<HostCheck>();
        services.AddSingleton<IConfigurationCheck>(s => s.GetRequiredService<HostCheck>());
        services.AddSingleton<SettingsCheck>();
        services.AddSingleton<IConfigurationCheck>(s => s.GetRequiredService<SettingsCheck>());
        services.AddSingleton<NodeIdentity>();
        services.AddSingleton<NodeState>();
        services.AddSingleton<DatabaseWatch>();
        services.AddSingleton<NodeRegistry>();
        services.AddSingleton<StoredSettings>();
        services.AddHostedService(s => s.GetRequiredService<DatabaseWatch>());
        services.AddHostedService(s => s.GetRequiredService<NodeRegistry>());
        services.AddHostedService(s => s.GetRequiredService<StoredSettings>());
        return builder;
    }

    /// <summary>Describes settings of a module, for the effective view and <c>switchyard check</c>.</summary>
    public static IServiceCollection AddSettings(this IServiceCollection services, params Setting[] settings)
    {
        foreach (var setting in settings) services.AddSingleton(setting);
        return services;
    }

    /// <summary>Maps <c>/health</c>, <c>/health/ready</c>, <c>/api/system/…</c>.</summary>
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapSystem();
        routes.MapDemo();
    }
}
