using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Health;
using Switchyard.Gateway.InProcess;
using Switchyard.Gateway.Keys;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Resilience;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Usage;
using Switchyard.Platform.Modules;

namespace Switchyard.Gateway;

/// <summary>Every model provider behind one door.</summary>
public sealed class GatewayModule : IModule
{
    /// <inheritdoc/>
    public string Name => "gateway";

    /// <inheritdoc/>
    public void AddServices(IHostApplicationBuilder builder)
    {
        // Registers nothing twice: here the generator adds this module's XML docs to the platform's document.
        builder.Services.AddOpenApi("v1");
        builder.AddUpstream();
        builder.AddGatewayConfiguration();
        builder.AddGatewayHealth();
        builder.AddClientKeys();
        builder.AddUsage();
        builder.AddResilience();
        builder.AddPipeline();
        builder.AddInProcess();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapGatewayConfiguration();
        routes.MapGatewayHealth();
        routes.MapClientKeys();
        routes.MapPipeline();
        routes.MapUsage();
    }
}
