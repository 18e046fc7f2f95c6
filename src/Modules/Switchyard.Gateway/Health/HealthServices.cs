using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
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
            new Setting("gateway:probeSeconds", "60", "Seconds between two health probes of a provider.", AtStart: true),
            new Setting("gateway:probeTimeoutSeconds", "10", "Seconds after which a health probe counts as failed.", AtStart: true));
        services.AddOptions<HealthOptions>().Bind(builder.Configuration.GetSection("gateway")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HealthOptions>>(new Validation());
        services.AddSingleton<HealthStore>();
        services.AddSingleton<ProviderProbe>();
        services.AddSingleton<HealthMonitor>();
        services.AddHostedService(s => s.GetRequiredService<HealthMonitor>());
        services.AddStateContributor<GatewayState>();
        return builder;
    }

    private sealed class Validation : IValidateOptions<HealthOptions>
    {
        public ValidateOptionsResult Validate(string? name, HealthOptions options) =>
            options.Fault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}
