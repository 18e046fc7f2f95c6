using Microsoft.Extensions.Logging;

namespace Switchyard.Platform.Jobs.Scheduling;

/// <summary>Runs recurring tasks when the scheduler fires them.</summary>
public sealed class RecurringRunner(IEnumerable<IRecurringTask> tasks, ILogger<RecurringRunner> log)
{
    private readonly Dictionary<string, IRecurringTask> _tasks = tasks.ToDictionary(t => t.Name);

    /// <summary>Every task of this version.</summary>
    public IReadOnlyCollection<IRecurringTask> All => _tasks.Values;

    /// <summary>Runs one; a name that another version left behind is passed over.</summary>
    public async Task RunAsync(string name, CancellationToken cancel)
    {
        if (!_tasks.TryGetValue(name, out var task)) return;
        try
        {
            await task.RunAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogError(e, "The recurring task {Task} failed; it runs again in {Interval}", name, task.Interval);
        }
    }
}
