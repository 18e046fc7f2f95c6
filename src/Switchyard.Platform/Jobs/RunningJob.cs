using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Switchyard.Platform.Jobs;

/// <summary>Why a running job is to stop.</summary>
internal enum JobStop
{
    None,
    Cancelled,
    Lost,
    NodeStopping,
}

/// <summary>One job while it runs here: its lease is kept, its progress stored and announced, its stop watched for.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing to free, and freeing it would race with Stop.")]
internal sealed class RunningJob(JobLease lease, JobProgress progress, JobOptions options, TimeProvider time, ILogger log)
{
    private readonly CancellationTokenSource _stop = new();
    private int _why;

    /// <summary>The job.</summary>
    public Guid Id => lease.Row.Id;

    /// <summary>Cancelled when the handler must stop.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Why it must.</summary>
    public JobStop Why => (JobStop)Volatile.Read(ref _why);

    /// <summary>Makes the handler stop; the first reason stands.</summary>
    public void Stop(JobStop why)
    {
        if (Interlocked.CompareExchange(ref _why, (int)why, (int)JobStop.None) == (int)JobStop.None) _ = _stop.CancelAsync();
    }

    /// <summary>Keeps the lease and reports progress until <paramref name="ended"/>.</summary>
    public async Task WatchAsync(CancellationToken ended)
    {
        var (stored, storedAt) = (progress.Figures, time.GetTimestamp());
        var sampledAt = storedAt;
        using var tick = new PeriodicTimer(options.ReportEvery, time);
        while (await NextAsync(tick, ended))
        {
            if (time.GetElapsedTime(sampledAt) >= TimeSpan.FromSeconds(1))
            {
                progress.Sample();
                sampledAt = time.GetTimestamp();
            }

            var now = progress.Figures;
            var changed = (now.Done, now.Total, now.Errors) != (stored.Done, stored.Total, stored.Errors);
            if (!changed && time.GetElapsedTime(storedAt) < options.Lease / 3) continue;
            if (await RenewAsync(now, changed)) (stored, storedAt) = (now, time.GetTimestamp());
            else if (time.GetElapsedTime(storedAt) > options.Lease * 0.8) Stop(JobStop.Lost);
            if (Why == JobStop.Lost) return;
        }
    }

    private async Task<bool> RenewAsync(ProgressFigures now, bool announce)
    {
        try
        {
            // Not the handler's token: also a job that is about to stop must keep its lease until it has.
            using var limit = new CancellationTokenSource(options.Lease / 2, time);
            var (owned, cancelRequested) = await lease.RenewAsync(now, announce, limit.Token);
            if (!owned) Stop(JobStop.Lost);
            if (cancelRequested) Stop(JobStop.Cancelled);
            return owned;
        }
        catch (Exception e)
        {
            log.LogWarning("The progress of job {Job} could not be stored ({Reason})", Id, e.Message);
            return false;
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer tick, CancellationToken ended)
    {
        try
        {
            return await tick.WaitForNextTickAsync(ended);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
