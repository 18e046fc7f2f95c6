using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Operations;

namespace Switchyard.Gateway.Resilience;

/// <summary>Registers retries and breakers.</summary>
public static class ResilienceServices
{
    private static readonly Setting[] Settings =
    [
        new("gateway:retry:attempts", "3", "Most calls to one target for one request, the first included.", AtStart: true),
        new("gateway:retry:base", "00:00:01", "Longest wait before the first repetition; a random part of it is waited.", AtStart: true),
        new("gateway:retry:factor", "2", "By how much that wait grows from one repetition to the next.", AtStart: true),
        new("gateway:retry:delays:0", null, "Seconds to wait exactly instead, numbered 0, 1, 2 and so on: 1, 2, 4, 8, 16.", AtStart: true),
        new("gateway:retry:budgetPercent", "10", "Repetitions as a share of all calls, in percent.", AtStart: true),
        new("gateway:breaker:failures", "5", "Failures in a row after which a target is passed over for a while; 0 for never.", AtStart: true),
        new("gateway:breaker:errorPercent", "50", "Share of failed calls within the window after which it is, in percent.", AtStart: true),
        new("gateway:breaker:minimumCalls", "20", "Fewest calls within the window for that share to count.", AtStart: true),
        new("gateway:breaker:window", "00:00:30", "How far back the share of failed calls looks.", AtStart: true),
        new("gateway:breaker:openFor", "00:00:15", "How long a target is passed over before one call tries it again.", AtStart: true),
    ];

    /// <summary>Adds them with their settings.</summary>
    public static IHostApplicationBuilder AddResilience(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings(Settings);
        builder.Services.AddOptions<RetryOptions>().Bind(builder.Configuration.GetSection("gateway:retry")).ValidateOnStart();
        builder.Services.AddOptions<BreakerOptions>().Bind(builder.Configuration.GetSection("gateway:breaker")).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RetryOptions>>(new Validation<RetryOptions>(options => options.Fault()));
        builder.Services.AddSingleton<IValidateOptions<BreakerOptions>>(new Validation<BreakerOptions>(options => options.Fault()));
        builder.Services.AddSingleton<RetryBudget>();
        builder.Services.AddSingleton<Breakers>();
        return builder;
    }

    private sealed class Validation<T>(Func<T, string?> fault) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) => fault(options) is { } text ? ValidateOptionsResult.Fail(text) : ValidateOptionsResult.Success;
    }
}
