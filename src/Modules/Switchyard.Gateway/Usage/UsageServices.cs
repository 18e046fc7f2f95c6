using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Gateway.Usage.Drain;
using Switchyard.Gateway.Usage.Journal;
using Switchyard.Gateway.Usage.RequestLog;
using Switchyard.Gateway.Usage.Statistics;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Jobs;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage.Embedded;

namespace Switchyard.Gateway.Usage;

/// <summary>Registers the usage journal and what is made of it.</summary>
public static class UsageServices
{
    private static readonly Setting[] Settings =
    [
        new("gateway:journal:directory", null, AtStart: true),
        new("gateway:journal:segmentBytes", "8388608", AtStart: true),
        new("gateway:journal:syncEvery", "00:00:00.100", AtStart: true),
    ];

    /// <summary>Adds journal, drain, statistics.</summary>
    public static IHostApplicationBuilder AddUsage(this IHostApplicationBuilder builder)
    {
        builder.AddUsageJournal();
        builder.Services.AddSingleton<UsageStore>();
        builder.Services.AddSingleton<SettledNotices>();
        builder.Services.AddSingleton<UsageDrain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<UsageDrain>());
        builder.Services.AddRecurring<LostCalls>();
        builder.Services.AddSingleton<RequestLogStore>();
        builder.Services.AddSingleton<StatisticsStore>();
        return builder;
    }

    /// <summary>Maps E130 and the request log.</summary>
    public static IEndpointRouteBuilder MapUsage(this IEndpointRouteBuilder routes)
    {
        routes.MapStatistics();
        routes.MapRequestLog();
        return routes;
    }

    /// <summary>Adds the journal alone.</summary>
    public static IHostApplicationBuilder AddUsageJournal(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings(Settings);
        builder.Services.AddSingleton(services =>
        {
            var options = builder.Configuration.GetSection("gateway:journal").Get<JournalOptions>() ?? new JournalOptions();
            if (options.Fault() is { } fault) throw new ConfigurationException(SettingsRule.Problem(fault.Write()));
            var data = services.GetService<DataDirectory>() ?? DataDirectory.At(builder.Configuration["data:directory"]);
            return new UsageJournal(options.Directory ?? Path.Combine(data.Root, "journal"), options, services.GetRequiredService<ILogger<UsageJournal>>());
        });
        return builder;
    }
}
