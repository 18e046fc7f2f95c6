using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Jobs;
using Switchyard.Platform.Operations;

namespace Switchyard.Platform.EventLog;

/// <summary>Registers the event log.</summary>
public static class EventLogServices
{
    /// <summary>Adds writing, reading, the node's live feed and the runner of consumers.</summary>
    public static IHostApplicationBuilder AddEventLog(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<EventSignal>();
        services.AddSingleton<IEventSignal>(s => s.GetRequiredService<EventSignal>());
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<IEventFeed>(s => s.GetRequiredService<EventFeed>());
        services.AddSingleton<ConsumerPositions>();
        services.AddHostedService(s => s.GetRequiredService<EventSignal>());
        services.AddHostedService(s => s.GetRequiredService<EventFeed>());
        services.AddHostedService<EventListener>();
        services.AddHostedService<ConsumerRunner>();
        services.AddRecurring<EventRetention>();
        services.AddSettings(new Setting("events:keepDays", "400"));
        return builder;
    }

    /// <summary>Adds a consumer of the log.</summary>
    public static IServiceCollection AddEventConsumer<T>(this IServiceCollection services)
        where T : class, IEventConsumer => services.AddSingleton<IEventConsumer, T>();
}
