using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Switchyard.Gateway.Keys;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Pipeline.Authentication;
using Switchyard.Gateway.Pipeline.Recording;
using Switchyard.Gateway.Pipeline.Timing;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Wire.Anthropic;
using Switchyard.Gateway.Wire.OpenAi;
using Switchyard.Platform.Http;

namespace Switchyard.Gateway.Pipeline;

/// <summary>Registers the pipeline and the model endpoints.</summary>
public static class PipelineServices
{
    /// <summary>Adds the pipeline.</summary>
    public static IHostApplicationBuilder AddPipeline(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new ProviderCatalog());
        services.AddOptions<GatewayEndpointOptions>().Bind(builder.Configuration.GetSection("gateway"));
        services.AddSingleton<DeadlineClock>();
        services.AddSingleton<DialectErrors>();
        services.AddSingleton<DialectProblems>();
        services.AddSingleton<IProblemForm>(s => s.GetRequiredService<DialectProblems>());
        services.AddSingleton<ProviderCaller>();
        services.AddSingleton<AttemptStage>();
        services.AddSingleton<RecordStage.Needs>();
        services.TryAddSingleton<CheckModel>(s => s.GetRequiredService<KeyPolicies>().Check);
        services.AddHostedService<Shutdown>();
        services.AddSingleton(s => new GatewayPipeline(
            s.GetRequiredService<RecordStage.Needs>(), s.GetRequiredService<CheckModel>(), s.GetRequiredService<AttemptStage>()));
        services.AddSingleton<GatewayEndpoint>();
        return builder;
    }

    /// <summary>Maps E120–E123.</summary>
    public static IEndpointRouteBuilder MapPipeline(this IEndpointRouteBuilder routes)
    {
        var gateway = routes.ServiceProvider.GetRequiredService<GatewayEndpoint>();
        routes.MapModels(routes.ServiceProvider.GetRequiredService<DialectProblems>());
        routes.MapChatCompletions(gateway);
        routes.MapEmbeddings(gateway);
        routes.MapMessages(gateway);
        return routes;
    }
}
