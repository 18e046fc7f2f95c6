using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using Quartz.Logging;

namespace Switchyard.Platform.Jobs.Scheduling;

/// <summary>This node's part of the clustered scheduler: started when the database can be reached, stopped in order.</summary>
public sealed class NodeScheduler(
    NpgsqlDataSource source, IServiceProvider services, JobRunner runner, RecurringRunner recurring, IOptions<JobOptions> options,
    TimeProvider time, ILoggerFactory logs, ILogger<NodeScheduler> log) : BackgroundService
{
    // Room for recurring tasks beside the jobs.
    private const int SpareThreads = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<IScheduler> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the scheduler runs.</summary>
    public Task StartedAsync(CancellationToken cancel) => _started.Task.WaitAsync(cancel);

    /// <summary>Fires a job on the next node that has room.</summary>
    internal async Task RunSoonAsync(Guid id, CancellationToken cancel)
    {
        var scheduler = await _started.Task.WaitAsync(cancel);
        var job = JobBuilder.Create<RunJob>().WithIdentity(id.ToString(), "jobs").Build();
        var trigger = TriggerBuilder.Create().WithIdentity(id.ToString(), "jobs").StartNow()
            .WithSimpleSchedule(s => s.WithMisfireHandlingInstructionFireNow()).Build();
        await scheduler.ScheduleJob(job, [trigger], replace: true, cancel);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        runner.StopAll();
        if (!_started.Task.IsCompletedSuccessfully) return;
        try
        {
            await _started.Task.Result.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
        catch (Exception e)
        {
            log.LogWarning("The scheduler did not stop in order ({Reason}); its jobs are taken over", e.Message);
            await _started.Task.Result.Shutdown(waitForJobsToComplete: false, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogContext.SetCurrentLogProvider(logs);
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _started.TrySetResult(await StartSchedulerAsync(stoppingToken));
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing) log.LogWarning(e, "The scheduler cannot start; trying until it can");
                failing = true;
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task<IScheduler> StartSchedulerAsync(CancellationToken cancel)
    {
        var node = $"{runner.Node}:{Guid.CreateVersion7(time.GetUtcNow()):N}";
        var factory = new QuartzFactory(source, QuartzFactory.Settings(node, options.Value.Concurrency + SpareThreads));
        var scheduler = await factory.GetScheduler(cancel);
        scheduler.JobFactory = new QuartzJobFactory(services);
        try
        {
            foreach (var task in recurring.All) await ScheduleAsync(scheduler, task, cancel);
            if (options.Value.Concurrency > 0) await scheduler.Start(cancel);
            return scheduler;
        }
        catch
        {
            await scheduler.Shutdown(CancellationToken.None);
            throw;
        }
    }

    private static async Task ScheduleAsync(IScheduler scheduler, IRecurringTask task, CancellationToken cancel)
    {
        var key = new TriggerKey(task.Name, "recurring");
        // Left alone when it is there already: each node that starts would otherwise set the clock back.
        if (await scheduler.GetTrigger(key, cancel) is ISimpleTrigger known && known.RepeatInterval == task.Interval) return;
        var job = JobBuilder.Create<RunRecurring>().WithIdentity(task.Name, "recurring").Build();
        var trigger = TriggerBuilder.Create().WithIdentity(key).StartNow()
            .WithSimpleSchedule(s => s.WithInterval(task.Interval).RepeatForever().WithMisfireHandlingInstructionNowWithRemainingCount())
            .Build();
        await scheduler.ScheduleJob(job, [trigger], replace: true, cancel);
    }
}
