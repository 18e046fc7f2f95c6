using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;

namespace Switchyard.Gateway.Upstream;

/// <summary>Registers the way out.</summary>
public static class UpstreamServices
{
    private static readonly Setting[] Settings =
    [
        new("gateway:allowedLocalHosts:0", null, "Hosts, addresses or networks that providers of mode local may have besides this machine; numbered 0, 1, 2 and so on.", AtStart: true),
        new("gateway:allowLoopback", "true", "Whether providers of mode local may be on this machine.", AtStart: true),
        new("gateway:proxy", null, "Address of an HTTP proxy for all calls to providers.", AtStart: true),
        new("gateway:maxAnswerBytes", "67108864", "Largest answer of a provider that is not a stream, in bytes.", AtStart: true),
        new("gateway:maxRequestBytes", "33554432", "Largest body of a model call, in bytes.", AtStart: true),
        new("gateway:firstTokenTimeout", "00:02:00", "Longest silence before a stream begins.", AtStart: true),
        new("gateway:idleTimeout", "00:01:00", "Longest silence inside an answer.", AtStart: true),
    ];

    /// <summary>Adds <see cref="UpstreamClient"/> with the settings of section <c>gateway</c>.</summary>
    public static IHostApplicationBuilder AddUpstream(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings(Settings);
        builder.Services.AddOptions<UpstreamOptions>()
            .Bind(builder.Configuration.GetSection("gateway"))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<UpstreamOptions>>(new Validation());
        builder.Services.AddSingleton<UpstreamClient>();
        return builder;
    }

    private sealed class Validation : IValidateOptions<UpstreamOptions>
    {
        public ValidateOptionsResult Validate(string? name, UpstreamOptions options) =>
            options.Fault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}
