using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Localization;

namespace Switchyard.Platform.Modules;

/// <summary>The modules of this process in their order: platform first. A singleton; immutable.</summary>
public sealed class ModuleSet(IReadOnlyList<IModule> modules)
{
    /// <summary>All modules.</summary>
    public IReadOnlyList<IModule> All => modules;

    /// <summary>Registers the set itself and the services of every module.</summary>
    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(this);
        builder.Services.TryAddSingleton(_ => Messages.Load(modules.Select(m => m.GetType().Assembly)));
        foreach (var module in modules) module.AddServices(builder);
    }

    /// <summary>Maps the endpoints of every module, tagged with its name.</summary>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        foreach (var module in modules) module.MapEndpoints(routes);
    }
}
