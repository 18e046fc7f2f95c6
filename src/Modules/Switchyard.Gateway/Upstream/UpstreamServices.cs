using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Switchyard.Gateway.Upstream;

/// <summary>Registers the way out.</summary>
public static class UpstreamServices
{
    /// <summary>Adds <see cref="UpstreamClient"/> with the settings of section <c>gateway</c>.</summary>
    public static IHostApplicationBuilder AddUpstream(this IHostApplicationBuilder builder)
    {
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
