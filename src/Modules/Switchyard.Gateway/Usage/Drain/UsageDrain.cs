using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Gateway.Usage.Journal;

namespace Switchyard.Gateway.Usage.Drain;

/// <summary>
/// Brings the journal into the database, exactly once, in batches. While the database is away it waits and the
/// journal grows; nothing of the request path notices.
/// </summary>
internal sealed class UsageDrain(UsageJournal journal, UsageStore store, SettledNotices notices, TimeProvider time, ILogger<UsageDrain> log) : BackgroundService
{
    private const int Batch = 5000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _more = new(1);
    private readonly JournalReader _reader = new(journal.Location);
    private JournalPosition? _position;

    /// <summary>Drains one batch; false when there was nothing to do.</summary>
    public async Task<bool> DrainOnceAsync(CancellationToken cancel)
    {
        var from = _position ??= await store.PositionAsync(journal.Node, cancel);
        var past = from.Segment < journal.First;
        var upTo = past ? new JournalPosition(journal.First - 1, int.MaxValue) : journal.Synced;
        var (records, next) = _reader.Read(from, upTo, Batch);
        // The end of what earlier processes wrote: whatever is still open then will never be settled.
        var sweep = past && records.Count == 0;
        if (sweep) next = new JournalPosition(journal.First, JournalSegment.Start);
        if (records.Count == 0 && next == from) return false;

        _position = null;
        var rows = await store.ApplyAsync(journal.Node, records, from, next, sweep ? journal.First : null, cancel);
        _position = next;
        Forget(next);
        notices.Add(rows);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        journal.Advanced += Wake;
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DrainOnceAsync(stoppingToken)) failures = 0;
                await notices.SendAsync(stoppingToken);
                await _more.WaitAsync(Idle, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Whatever it is, the rows are safe on disk and the next try begins where the database says.
                if (failures++ == 0) log.LogWarning(e, "Usage could not be brought into the database; it stays in the journal and will be tried again");
                var wait = TimeSpan.FromMilliseconds(Math.Min(Longest.TotalMilliseconds, 100 * Math.Pow(2, Math.Min(failures, 10))));
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        journal.Advanced -= Wake;
        await LastAsync();
    }

    /// <summary>Calls that ended while the server stopped should not wait for the next start.</summary>
    private async Task LastAsync()
    {
        using var limit = new CancellationTokenSource(Longest, time);
        try
        {
            journal.Sync();
            while (await DrainOnceAsync(limit.Token))
            {
            }
        }
        catch (Exception e)
        {
            log.LogInformation(e, "The rest of the usage journal stays on disk until the next start");
        }
    }

    private void Wake()
    {
        if (_more.CurrentCount == 0) _more.Release();
    }

    private void Forget(JournalPosition drained)
    {
        foreach (var number in JournalSegment.In(journal.Location))
        {
            if (number >= Math.Min(drained.Segment, journal.Synced.Segment)) break;
            File.Delete(JournalSegment.PathOf(journal.Location, number));
        }
    }
}
