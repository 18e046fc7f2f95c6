using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>
/// All listeners of this node behind one subscription to the feed. An event is turned into bytes once, however many
/// listen, and only offered to listeners of its tenant that want it. Thread-safe.
/// </summary>
public sealed class EventStreamHub(
    IEventFeed feed, IOptions<EventStreamOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EventStreamHub> log)
    : BackgroundService
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<StreamListener> _all = [];
    private readonly Dictionary<Guid, HashSet<StreamListener>> _live = [];
    private readonly Dictionary<(CallerKind, Guid?), int> _perCaller = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? _subscription;
    private long _position;

    /// <summary>Raised after somebody came or left.</summary>
    public event Action? Changed;

    /// <summary>The last sequence that was offered to listeners.</summary>
    public long Position
    {
        get { lock (_gate) return _position; }
    }

    /// <summary>Completes when listeners may join.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The bounds in force.</summary>
    public EventStreamOptions Options => options.Value;

    /// <summary>Listeners on this node, by tenant.</summary>
    public IReadOnlyDictionary<Guid, int> Counts()
    {
        lock (_gate) return _all.CountBy(l => l.Caller.TenantId).ToDictionary();
    }

    /// <summary>Gives a place to one stream; refused above the limit of the caller or the node.</summary>
    public Result<StreamListener> Admit(Caller caller, EventFilter filter)
    {
        var listener = new StreamListener(this, caller, filter, Options, time);
        var key = (caller.Kind, caller.Id);
        lock (_gate)
        {
            var held = _perCaller.GetValueOrDefault(key);
            if (held >= Options.PerCaller)
                return new Problem("too_many_streams", 429) { RetryAfter = Options.Heartbeat }.With("limit", Options.PerCaller);
            if (_all.Count >= Options.PerNode) return new Problem("streams_exhausted", 503) { RetryAfter = Options.Heartbeat };
            _perCaller[key] = held + 1;
            _all.Add(listener);
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested) listener.Cut(StreamEnd.Stopping);
        Changed?.Invoke();
        return listener;
    }

    /// <summary>Makes a listener live and returns the position from which it is: it gets every wanted event after it.</summary>
    public long Join(StreamListener listener)
    {
        lock (_gate)
        {
            listener.BeginLive();
            if (!_live.TryGetValue(listener.Caller.TenantId, out var live)) _live[listener.Caller.TenantId] = live = [];
            live.Add(listener);
            return _position;
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => CutAll(StreamEnd.Stopping));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        CutAll(StreamEnd.Stopping);
        _subscription?.Dispose();
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Removes a listener.</summary>
    internal void Leave(StreamListener listener)
    {
        var key = (listener.Caller.Kind, listener.Caller.Id);
        lock (_gate)
        {
            if (!_all.Remove(listener)) return;
            if (--_perCaller[key] == 0) _perCaller.Remove(key);
            EndLive(listener);
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Only then is the position from which events follow known; later when the database is away at start.
        await feed.Ready.WaitAsync(stoppingToken);
        lock (_gate)
        {
            // Under the gate, so that no event is offered in between.
            _subscription = feed.Subscribe([], OfferAsync);
            _position = feed.Position;
        }

        _ready.TrySetResult();
        using var watch = new PeriodicTimer(Watch, time);
        var lastBeat = time.GetTimestamp();
        while (await watch.WaitForNextTickAsync(stoppingToken))
        {
            CutStuck();
            if (time.GetElapsedTime(lastBeat) < Options.Heartbeat) continue;
            lastBeat = time.GetTimestamp();
            Beat();
        }
    }

    private ValueTask OfferAsync(StoredEvent e, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (e.Sequence <= _position) return ValueTask.CompletedTask;
            _position = e.Sequence;
            if (_live.TryGetValue(e.TenantId, out var listeners)) Offer(e, listeners);
        }

        if (AccessEvents.WhoseAccessChanged(e) is { } id) CutOff(id);
        return ValueTask.CompletedTask;
    }

    private void Offer(StoredEvent e, HashSet<StreamListener> listeners)
    {
        EventFrame? frame = null;
        List<StreamListener>? behind = null;
        foreach (var listener in listeners)
        {
            if (listener.Filter.Matches(e.Type) && !listener.Offer(frame ??= EventFrame.Of(e))) (behind ??= []).Add(listener);
        }

        behind?.ForEach(EndLive);
    }

    private void EndLive(StreamListener listener)
    {
        if (_live.TryGetValue(listener.Caller.TenantId, out var live) && live.Remove(listener) && live.Count == 0)
            _live.Remove(listener.Caller.TenantId);
    }

    private void Beat()
    {
        lock (_gate)
        {
            foreach (var listener in _live.Values.SelectMany(live => live)) listener.OfferBeat();
        }
    }

    private void CutStuck()
    {
        foreach (var listener in All().Where(l => l.IsStuck()))
        {
            log.LogInformation("Cutting off a live stream of {Caller} that is not read", listener.Caller.Name);
            listener.Cut(StreamEnd.TooSlow);
        }
    }

    private void CutOff(Guid callerId)
    {
        foreach (var listener in All().Where(l => l.Caller.Id == callerId))
        {
            log.LogInformation("Ending a live stream of {Caller}: its access changed", listener.Caller.Name);
            listener.Cut(StreamEnd.AccessChanged);
        }
    }

    private void CutAll(StreamEnd why)
    {
        foreach (var listener in All()) listener.Cut(why);
    }

    private StreamListener[] All()
    {
        lock (_gate) return [.. _all];
    }
}
