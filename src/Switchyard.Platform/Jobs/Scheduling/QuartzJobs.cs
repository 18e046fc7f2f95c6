using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Quartz.Spi;

namespace Switchyard.Platform.Jobs.Scheduling;

/// <summary>What Quartz fires for a job of ours: the key's name is the job's id.</summary>
internal sealed class RunJob(JobRunner runner) : IJob
{
    public Task Execute(IJobExecutionContext context) =>
        Guid.TryParse(context.JobDetail.Key.Name, out var id) ? runner.RunAsync(id) : Task.CompletedTask;
}

/// <summary>What Quartz fires for a recurring task: the key's name is the task's.</summary>
[DisallowConcurrentExecution]
internal sealed class RunRecurring(RecurringRunner runner) : IJob
{
    public Task Execute(IJobExecutionContext context) => runner.RunAsync(context.JobDetail.Key.Name, context.CancellationToken);
}

/// <summary>Creates them from the node's services.</summary>
internal sealed class QuartzJobFactory(IServiceProvider services) : IJobFactory
{
    public IJob NewJob(TriggerFiredBundle bundle, IScheduler scheduler) =>
        (IJob)ActivatorUtilities.CreateInstance(services, bundle.JobDetail.JobType);

    public void ReturnJob(IJob job)
    {
    }
}
