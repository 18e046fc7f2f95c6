using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Switchyard.Contracts.Events.Jobs;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Http;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Jobs;

/// <summary>Runs jobs on this node, each under its lease. Thread-safe.</summary>
public sealed class JobRunner : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, RunningJob> _running = new();
    private readonly Dictionary<string, IJobHandler> _handlers;
    private readonly Database _database;
    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<JobRunner> _log;
    private readonly IDisposable _subscription;
    private readonly SemaphoreSlim _slots;
    private volatile bool _stopping;

    public JobRunner(
        IEnumerable<IJobHandler> handlers, Database database, IEventFeed feed, IOptions<JobOptions> options, TimeProvider time, ILogger<JobRunner> log)
    {
        (_database, _options, _time, _log) = (database, options.Value, time, log);
        _handlers = handlers.ToDictionary(h => h.Type);
        _slots = new SemaphoreSlim(Math.Max(1, _options.Concurrency));
        _subscription = feed.Subscribe([JobCancelRequested.Type], CancelAsync);
    }

    /// <summary>Raised when a job has ended here and there is room for another.</summary>
    public event Action? Ended;

    /// <summary>Jobs that this node could start now.</summary>
    public int Free => _options.Concurrency == 0 || _stopping ? 0 : _slots.CurrentCount;

    /// <summary>This node's name in the rows of the jobs it runs.</summary>
    public string Node { get; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Runs one job if it may still be run; returns when it has ended or was given back.</summary>
    public async Task RunAsync(Guid id)
    {
        await _slots.WaitAsync();
        try
        {
            if (_stopping) return;
            var lease = await JobLease.ClaimAsync(_database, id, [.. _handlers.Keys], Node, _options, CancellationToken.None);
            if (lease is not null) await RunAsync(lease);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            _log.LogWarning("Job {Job} could not be started ({Reason}); it will be tried again", id, e.Message);
        }
        finally
        {
            _slots.Release();
            Ended?.Invoke();
        }
    }

    /// <summary>Stops all jobs at their next safe point; each is given back, to be continued from its checkpoint.</summary>
    public void StopAll()
    {
        _stopping = true;
        foreach (var job in _running.Values) job.Stop(JobStop.NodeStopping);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription.Dispose();
        _slots.Dispose();
    }

    private async Task RunAsync(JobLease lease)
    {
        var row = lease.Row;
        var progress = new JobProgress(_time, row.Done, row.Total, row.Errors);
        if (row.Attempts > _options.MaxAttempts)
        {
            await EndAsync(lease, JobStatus.Failed, progress, null, new Problem("job_interrupted", 500).With("count", row.Attempts - 1));
            return;
        }

        var running = new RunningJob(lease, progress, _options, _time, _log);
        using var ended = new CancellationTokenSource();
        _running[row.Id] = running;
        if (_stopping) running.Stop(JobStop.NodeStopping);
        var watching = running.WatchAsync(ended.Token);
        var conclude = await HandleAsync(lease, progress, running);
        await ended.CancelAsync();
        await watching;
        _running.TryRemove(row.Id, out _);
        await conclude();
    }

    /// <summary>Runs the handler and says what to do with the job after that.</summary>
    private async Task<Func<Task>> HandleAsync(JobLease lease, JobProgress progress, RunningJob running)
    {
        var row = lease.Row;
        try
        {
            var result = await _handlers[row.Type].RunAsync(new JobContext(_database, lease, progress), running.Stopping);
            progress.Complete();
            return () => EndAsync(lease, JobStatus.Succeeded, progress, result, null);
        }
        catch (JobLostException)
        {
            running.Stop(JobStop.Lost);
        }
        catch (JobFailedException failure)
        {
            return () => EndAsync(lease, JobStatus.Failed, progress, null, failure.Problem);
        }
        catch (Exception e) when (running.Why == JobStop.None && e is NpgsqlException { IsTransient: true } or TimeoutException)
        {
            _log.LogWarning("Job {Job} was interrupted ({Reason}) and goes on from its checkpoint", row.Id, e.Message);
            return () => ReleaseAsync(lease, counts: true);
        }
        catch (Exception e) when (running.Why == JobStop.None)
        {
            _log.LogError(e, "Job {Job} {Type} failed", row.Id, row.Type);
            return () => EndAsync(lease, JobStatus.Failed, progress, null, new Problem("job_failed", 500));
        }
        catch (Exception e)
        {
            if (e is not OperationCanceledException) _log.LogWarning(e, "Job {Job} failed while it was stopping", row.Id);
        }

        return running.Why switch
        {
            JobStop.Cancelled => () => EndAsync(lease, JobStatus.Cancelled, progress, null, null),
            JobStop.NodeStopping => () => ReleaseAsync(lease, counts: false),
            _ => () => Task.CompletedTask,
        };
    }

    // The work is done: that must be stored, whatever happens to the database meanwhile.
    private async Task EndAsync(JobLease lease, JobStatus status, JobProgress progress, object? result, Problem? problem)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!await lease.EndAsync(status, progress.Figures, result, problem, CancellationToken.None))
                    _log.LogWarning("Job {Job} was taken over by another node before its end was stored", lease.Row.Id);
                return;
            }
            catch (Exception e) when (attempt < 30 && !_stopping && e is NpgsqlException or TimeoutException)
            {
                await Task.Delay(Pause, _time);
            }
        }
    }

    private async Task ReleaseAsync(JobLease lease, bool counts)
    {
        try
        {
            if (counts) await Task.Delay(Pause, _time);
            await lease.ReleaseAsync(counts, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            _log.LogInformation("Job {Job} could not be given back; it is taken over when its lease has run out", lease.Row.Id);
        }
    }

    private ValueTask CancelAsync(StoredEvent e, CancellationToken cancel)
    {
        var id = JsonSerializer.Deserialize<JobCancelRequested>(e.Payload, PendingEvent.Json)!.Id;
        if (_running.TryGetValue(id, out var job)) job.Stop(JobStop.Cancelled);
        return ValueTask.CompletedTask;
    }
}
