using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Switchyard.Platform.EventLog;

/// <summary>
/// One handler's queue behind the feed, so that a slow handler delays nobody else. The queue is bounded: a
/// handler that falls behind reads what it missed from the log and then joins the live events again.
/// </summary>
internal sealed class EventSubscription(
    EventReader log, EventFilter filter, long position, Func<StoredEvent, CancellationToken, ValueTask> handler,
    Action<EventSubscription> leave, TimeProvider time, ILogger logger) : IDisposable
{
    private const int QueueLength = 1024;
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Channel<StoredEvent> _queue = Channel.CreateBounded<StoredEvent>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, SingleWriter = true });

    private long _offered = position;
    private long _handled = position;
    private bool _behind;
    private volatile bool _disposed;

    /// <summary>Called by the feed, in order; never blocks.</summary>
    public void Offer(StoredEvent e)
    {
        lock (_gate)
        {
            _offered = e.Sequence;
            if (_behind || !filter.Matches(e.Type)) return;
            if (!_queue.Writer.TryWrite(e)) _behind = true;
        }
    }

    /// <summary>Hands events to the handler until disposed or cancelled.</summary>
    public async Task PumpAsync(CancellationToken cancel)
    {
        await Task.Yield();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancel))
            {
                while (!_disposed && _queue.Reader.TryRead(out var e)) await HandleAsync(e, cancel);
                while (!_disposed && IsBehind()) await CatchUpAsync(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The node is stopping.
        }
    }

    public void Dispose()
    {
        _disposed = true;
        leave(this);
        _queue.Writer.TryComplete();
    }

    // Live again only when nothing was offered since the last read: from then on events queue up without a hole.
    private bool IsBehind()
    {
        lock (_gate)
        {
            if (!_behind || _queue.Reader.Count > 0) return false;
            if (_handled < _offered) return true;
            return _behind = false;
        }
    }

    private async Task CatchUpAsync(CancellationToken cancel)
    {
        var target = Volatile.Read(ref _offered);
        try
        {
            var page = await log.ReadAsync(_handled, QueueLength, cancel);
            foreach (var e in page)
            {
                if (_disposed) return;
                if (filter.Matches(e.Type)) await HandleAsync(e, cancel);
                _handled = e.Sequence;
            }

            if (page.Count == 0) _handled = Math.Max(_handled, target);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            logger.LogWarning("A subscriber of events cannot catch up ({Reason}); trying again", e.Message);
            await Task.Delay(Pause, time, cancel);
        }
    }

    private async Task HandleAsync(StoredEvent e, CancellationToken cancel)
    {
        // Catching up may have read past what was queued or offered.
        if (e.Sequence <= _handled) return;

        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await handler(e, cancel);
                break;
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                logger.LogError(
                    failure, "Handling event {Sequence} {Type} failed, attempt {Attempt} of {Attempts}", e.Sequence, e.Type, attempt, Attempts);
                if (attempt < Attempts) await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), time, cancel);
            }
        }

        _handled = e.Sequence;
    }
}
