using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
            .Validate(o => o.QueueLength is >= 16 and <= 100_000, "'events:streams:queueLength' must lie between 16 and 100,000.")
            .Validate(o => o.QueueBytes is >= 65_536 and <= 268_435_456, "'events:streams:queueBytes' must lie between 64 KiB and 256 MiB.")
            .Validate(o => o.Heartbeat >= TimeSpan.FromSeconds(1), "'events:streams:heartbeat' must be at least one second.")
            .Validate(o => o.SlowAfter >= TimeSpan.FromSeconds(1), "'events:streams:slowAfter' must be at least one second.")
            .Validate(o => o.PerCaller > 0 && o.PerNode > 0, "'events:streams:perCaller' and 'perNode' must be positive.")
            .ValidateOnStart();
        builder.Services.AddSettings(
            new("events:streams:perCaller", "20", "Live streams that one user, key or token may hold open on one node.", AtStart: true),
            new("events:streams:perNode", "10000", "Live streams that one node holds open in all.", AtStart: true),
            new("events:streams:queueLength", "512", "Events that wait for one live stream at most; then it is cut off and resumes.", AtStart: true),
            new("events:streams:queueBytes", "1048576", "Bytes that wait for one live stream at most.", AtStart: true),
            new("events:streams:reconnect", "00:00:02", "After how long a client that was cut off should come back.", AtStart: true),
            new("events:streams:heartbeat", "00:00:15", "How often a quiet live stream gets a sign of life.", AtStart: true),
            new("events:streams:slowAfter", "00:00:10", "How long a client may leave what was sent unread before it is cut off.", AtStart: true));
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
