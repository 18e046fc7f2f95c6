using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Configuration.Detection;
using Switchyard.Gateway.Configuration.Testing;
using Switchyard.Gateway.Models;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Snapshots;

namespace Switchyard.Gateway.Configuration;

/// <summary>Registers providers' configuration and the snapshot made of it.</summary>
public static class ConfigurationServices
{
    /// <summary>Adds catalogue, rules, editor and the live snapshot.</summary>
    public static IHostApplicationBuilder AddGatewayConfiguration(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings(new Setting("llm:enabled", "true"));
        services.AddSettings(new Setting("gateway:detect", "true", AtStart: true));
        services.AddSettings(new Setting("gateway:ollamaEndpoint", null, AtStart: true));
        // The variable has no prefix, so it is not among the configuration's own sources.
        if (Environment.GetEnvironmentVariable("LLM_ENABLED") is { Length: > 0 } switched)
            builder.Configuration.AddInMemoryCollection([new("LLM_ENABLED", switched)]);
        services.AddSingleton(_ => new ProviderCatalog());
        services.AddSingleton(s => new EndpointRules(new AddressRules(s.GetRequiredService<IOptions<UpstreamOptions>>().Value)));
        services.AddSingleton<ProviderRules>();
        services.AddSingleton<ProviderStore>();
        services.AddSingleton<ProviderEditor>();
        services.AddSingleton<ProviderSwitch>();
        services.AddSingleton<FallbackOrder>();
        services.AddSingleton<NetworkProbe>();
        services.AddSingleton<MeteredCall>();
        services.AddSingleton<ConnectionTester>();
        services.AddSingleton<ConnectionTests>();
        services.AddSingleton<PriceStore>();
        services.AddSingleton<PriceEditor>();
        services.AddSingleton<OllamaScan>();
        services.AddSingleton<DetectionStore>();
        services.AddSingleton<ProviderDetection>();
        services.AddSingleton<IConfigurationCheck, ProviderCheck>();
        services.AddSingleton<IDemoData, ProviderDemo>();
        services.AddSingleton<ISealedSecrets, ProviderSecrets>();
        services.AddSingleton<SnapshotReader>();
        services.AddSingleton<SnapshotBuilder>();
        services.AddSingleton(s => new LastGoodFile<SnapshotRows>(
            s.GetRequiredService<IConfiguration>()["data:directory"] is { } data ? Path.Combine(data, "gateway-snapshot.json") : null,
            s.GetRequiredService<ILogger<SnapshotStore>>()));
        services.AddSingleton<SnapshotStore>();
        services.AddSingleton<ISnapshots>(s => s.GetRequiredService<SnapshotStore>());
        services.AddHostedService(s => s.GetRequiredService<SnapshotStore>());
        services.AddHostedService(s => s.GetRequiredService<ProviderDetection>());
        return builder;
    }

    /// <summary>Maps the admin routes of providers.</summary>
    public static void MapGatewayConfiguration(this IEndpointRouteBuilder routes)
    {
        routes.MapKinds();
        routes.MapProviderConfiguration();
        routes.MapConnectionTests();
        routes.MapProviderSwitch();
        routes.MapDetection();
        routes.MapPrices();
    }
}
