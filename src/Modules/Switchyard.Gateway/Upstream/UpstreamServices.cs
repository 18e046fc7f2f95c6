using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;

namespace Switchyard.Gateway.Upstream;

/// <summary>Registers the way out.</summary>
public static class UpstreamServices
{
    private static readonly Setting[] Settings =
    [
        new("gateway:allowedLocalHosts:0", null, AtStart: true),
        new("gateway:allowLoopback", "true", AtStart: true),
        new("gateway:proxy", null, AtStart: true),
        new("gateway:maxAnswerBytes", "67108864", AtStart: true),
        new("gateway:maxRequestBytes", "33554432", AtStart: true),
        new("gateway:firstTokenTimeout", "00:02:00", AtStart: true),
        new("gateway:idleTimeout", "00:01:00", AtStart: true),
    ];

    /// <summary>Adds <see cref="UpstreamClient"/> with the settings of section <c>gateway</c>.</summary>
    public static IHostApplicationBuilder AddUpstream(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings(Settings);
        builder.Services.AddOptions<UpstreamOptions>()
            .Bind(builder.Configuration.GetSection("gateway"))
            .Demand(o => o.Fault())
            .ValidateOnStart();
        builder.Services.AddSingleton<UpstreamClient>();
        return builder;
    }
}
