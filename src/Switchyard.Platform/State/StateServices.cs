using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.EventLog;

namespace Switchyard.Platform.State;

/// <summary>Registers the global state.</summary>
public static class StateServices
{
    /// <summary>Adds the state.</summary>
    public static IHostApplicationBuilder AddState(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GlobalState>();
        return builder;
    }

    /// <summary>Adds a module's projection into the state.</summary>
    public static IServiceCollection AddStateContributor<T>(this IServiceCollection services)
        where T : class, IStateContributor
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventConsumer, StateProjection>());
        services.TryAddSingleton<T>();
        return services.AddSingleton<IStateContributor>(s => s.GetRequiredService<T>());
    }
}
