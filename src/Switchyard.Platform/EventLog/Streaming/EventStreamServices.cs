using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>Registers the live streams.</summary>
public static class EventStreamServices
{
    /// <summary>Adds the hub and its bounds.</summary>
    public static IHostApplicationBuilder AddEventStreams(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<EventStreamOptions>()
            .BindConfiguration("events:streams")
            .Demand("events:streams:queueLength", o => o.QueueLength is >= 16 and <= 100_000, "settings.between", ("least", 16), ("most", 100_000))
            .Demand("events:streams:queueBytes", o => o.QueueBytes is >= 65_536 and <= 268_435_456, "settings.between", ("least", 65_536), ("most", 268_435_456))
            .Demand("events:streams:heartbeat", o => o.Heartbeat >= TimeSpan.FromSeconds(1), "settings.least", ("least", TimeSpan.FromSeconds(1)))
            .Demand("events:streams:slowAfter", o => o.SlowAfter >= TimeSpan.FromSeconds(1), "settings.least", ("least", TimeSpan.FromSeconds(1)))
            .Demand("events:streams:perCaller", o => o.PerCaller > 0, "settings.least", ("least", 1))
            .Demand("events:streams:perNode", o => o.PerNode > 0, "settings.least", ("least", 1))
            .ValidateOnStart();
        builder.Services.AddSettings(
            new("events:streams:perCaller", "20", AtStart: true),
            new("events:streams:perNode", "10000", AtStart: true),
            new("events:streams:queueLength", "512", AtStart: true),
            new("events:streams:queueBytes", "1048576", AtStart: true),
            new("events:streams:reconnect", "00:00:02", AtStart: true),
            new("events:streams:heartbeat", "00:00:15", AtStart: true),
            new("events:streams:slowAfter", "00:00:10", AtStart: true));
        builder.Services.AddSingleton<EventStreamHub>();
        builder.Services.AddSingleton<EventStream>();
        builder.Services.AddSingleton<ListenerCounts>();
        builder.Services.AddHostedService(s => s.GetRequiredService<EventStreamHub>());
        builder.Services.AddHostedService(s => s.GetRequiredService<ListenerCounts>());
        return builder;
    }

    /// <summary>Maps E003 and E004.</summary>
    public static void MapEventStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapEventStream();
        routes.MapBroadcast();
    }
}
