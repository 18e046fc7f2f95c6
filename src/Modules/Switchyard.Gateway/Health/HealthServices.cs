using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;
using Switchyard.Platform.State;

namespace Switchyard.Gateway.Health;

/// <summary>Registers the health probes.</summary>
public static class HealthServices
{
    /// <summary>Adds the monitor with the settings of section <c>gateway</c>.</summary>
    public static IHostApplicationBuilder AddGatewayHealth(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings(
            new Setting("gateway:probeSeconds", "60", AtStart: true),
            new Setting("gateway:probeTimeoutSeconds", "10", AtStart: true));
        services.AddOptions<HealthOptions>().Bind(builder.Configuration.GetSection("gateway")).Demand(o => o.Fault()).ValidateOnStart();
        services.AddSingleton<HealthStore>();
        services.AddSingleton<ProviderProbe>();
        services.AddSingleton<HealthMonitor>();
        services.AddHostedService(s => s.GetRequiredService<HealthMonitor>());
        services.AddStateContributor<GatewayState>();
        return builder;
    }
}
