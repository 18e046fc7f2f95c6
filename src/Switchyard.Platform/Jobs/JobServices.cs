using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Jobs.Scheduling;
using Switchyard.Platform.Operations;

namespace Switchyard.Platform.Jobs;

/// <summary>Registers jobs and recurring tasks.</summary>
public static class JobServices
{
    /// <summary>Adds the queue, the runner and this node's scheduler.</summary>
    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<JobOptions>()
            .BindConfiguration("jobs")
            .PostConfigure<IConfiguration>((o, configuration) =>
            {
                // Only workers run jobs; every node may ask for them.
                var roles = (configuration[HostSettings.Role] ?? "all").Split(',', StringSplitOptions.TrimEntries);
                if (!roles.Contains("all") && !roles.Contains("worker")) o.Concurrency = 0;
            })
            .Demand("jobs:concurrency", o => o.Concurrency is >= 0 and <= 100, "settings.between", ("least", 0), ("most", 100))
            .Demand("jobs:lease", o => o.Lease >= TimeSpan.FromSeconds(1), "settings.least", ("least", TimeSpan.FromSeconds(1)))
            .Demand("jobs:reportEvery", o => o.ReportEvery >= TimeSpan.FromMilliseconds(50) && o.ReportEvery < o.Lease / 3, "settings.reportEvery", ("least", TimeSpan.FromMilliseconds(50)))
            .Demand("jobs:maxAttempts", o => o.MaxAttempts > 0, "settings.least", ("least", 1))
            .ValidateOnStart();
        services.AddSettings(
            new("jobs:concurrency", "4", AtStart: true),
            new("jobs:lease", "00:00:06", AtStart: true),
            new("jobs:reportEvery", "00:00:00.250", AtStart: true),
            new("jobs:sweep", "00:00:01", AtStart: true),
            new("jobs:maxAttempts", "5", AtStart: true),
            new("jobs:keep", "30.00:00:00", AtStart: true));
        services.AddSingleton<IJobs, JobQueue>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<RecurringRunner>();
        services.AddSingleton<NodeScheduler>();
        services.AddHostedService(s => s.GetRequiredService<NodeScheduler>());
        services.AddHostedService<JobDispatcher>();
        services.AddRecurring<JobCleanup>();
        return builder;
    }

    /// <summary>Adds a kind of job.</summary>
    public static IServiceCollection AddJobHandler<T>(this IServiceCollection services)
        where T : class, IJobHandler => services.AddSingleton<IJobHandler, T>();

    /// <summary>Adds upkeep that runs once per interval in the whole cluster.</summary>
    public static IServiceCollection AddRecurring<T>(this IServiceCollection services)
        where T : class, IRecurringTask => services.AddSingleton<IRecurringTask, T>();
}
