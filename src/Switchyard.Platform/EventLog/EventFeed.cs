using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Switchyard.Platform.EventLog;

/// <summary>
/// The one reader of the log on this node. Woken by commits here and by notifications from other nodes, and
/// looking by itself at least once a second, it hands every event to the node's subscriptions in order.
/// </summary>
public sealed class EventFeed(EventReader log, EventSignal signal, TimeProvider time, ILogger<EventFeed> logger) : BackgroundService, IEventFeed
{
    private const int PageSize = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EventSubscription[] _subscriptions = [];
    private long _position;
    private bool _failing;

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _position);

    /// <inheritdoc/>
    public Task Ready => _ready.Task;

    /// <inheritdoc/>
    public IDisposable Subscribe(IReadOnlyCollection<string> types, Func<StoredEvent, CancellationToken, ValueTask> handler)
    {
        EventSubscription subscription;
        lock (_gate)
        {
            subscription = new EventSubscription(log, EventFilter.Of(types), _position, handler, Leave, time, logger);
            _subscriptions = [.. _subscriptions, subscription];
        }

        _ = subscription.PumpAsync(_stop.Token);
        return subscription;
    }

    /// <summary>Tries once to find the head of the log, so that what starts later misses nothing; never fails.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryBeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _stop.CancelAsync();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Not disposed: the container may call this more than once, and without a timer there is nothing to free.
        _stop.Cancel();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_ready.Task.IsCompleted && !await TryBeginAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);

        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.Arrived.WaitAsync(Poll, stoppingToken);
            try
            {
                await ReadToHeadAsync(stoppingToken);
                Recovered();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task<bool> TryBeginAsync(CancellationToken cancel)
    {
        try
        {
            var head = await log.HeadAsync(cancel);
            lock (_gate) _position = head;
            _ready.TrySetResult();
            Recovered();
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(e);
            return false;
        }
    }

    private async Task ReadToHeadAsync(CancellationToken cancel)
    {
        int read;
        do
        {
            var page = await log.ReadAsync(_position, PageSize, cancel);
            read = page.Count;
            foreach (var e in page)
            {
                // Under the gate, so that a subscription either gets an event or begins after it.
                lock (_gate)
                {
                    foreach (var subscription in _subscriptions) subscription.Offer(e);
                    Volatile.Write(ref _position, e.Sequence);
                }
            }
        }
        while (read == PageSize);
    }

    private void Leave(EventSubscription subscription)
    {
        lock (_gate) _subscriptions = [.. _subscriptions.Where(s => s != subscription)];
    }

    // One line when the database goes and one when it is back, not one a second.
    private void Failed(Exception e)
    {
        if (!_failing) logger.LogWarning("The event log cannot be read ({Reason}); trying until it can", e.Message);
        _failing = true;
    }

    private void Recovered()
    {
        if (_failing) logger.LogInformation("The event log can be read again, from {Position}", _position);
        _failing = false;
    }
}
