using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;

namespace Switchyard.Gateway.Resilience;

/// <summary>Registers retries and breakers.</summary>
public static class ResilienceServices
{
    private static readonly Setting[] Settings =
    [
        new("gateway:retry:attempts", "3", AtStart: true),
        new("gateway:retry:base", "00:00:01", AtStart: true),
        new("gateway:retry:factor", "2", AtStart: true),
        new("gateway:retry:delays:0", null, AtStart: true),
        new("gateway:retry:budgetPercent", "10", AtStart: true),
        new("gateway:breaker:failures", "5", AtStart: true),
        new("gateway:breaker:errorPercent", "50", AtStart: true),
        new("gateway:breaker:minimumCalls", "20", AtStart: true),
        new("gateway:breaker:window", "00:00:30", AtStart: true),
        new("gateway:breaker:openFor", "00:00:15", AtStart: true),
    ];

    /// <summary>Adds them with their settings.</summary>
    public static IHostApplicationBuilder AddResilience(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings(Settings);
        builder.Services.AddOptions<RetryOptions>().Bind(builder.Configuration.GetSection("gateway:retry")).Demand(o => o.Fault()).ValidateOnStart();
        builder.Services.AddOptions<BreakerOptions>().Bind(builder.Configuration.GetSection("gateway:breaker")).Demand(o => o.Fault()).ValidateOnStart();
        builder.Services.AddSingleton<RetryBudget>();
        builder.Services.AddSingleton<Breakers>();
        return builder;
    }
}
