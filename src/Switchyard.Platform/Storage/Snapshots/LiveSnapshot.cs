using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Platform.EventLog;

namespace Switchyard.Platform.Storage.Snapshots;

/// <summary>
/// Something from the database that a hot path reads: an immutable value, loaded at start, loaded again when an
/// event says that it changed, and swapped whole. While the database is away the last value stays; at a start
/// without the database the copy on disk is used. Reading is one volatile load. Thread-safe.
/// </summary>
/// <param name="feed">Tells of changes, on this node and others.</param>
/// <param name="time">Paces reloading.</param>
/// <param name="log">Told when loading fails and when it works again.</param>
/// <typeparam name="T">The immutable value.</typeparam>
public abstract class LiveSnapshot<T>(IEventFeed feed, TimeProvider time, ILogger log) : BackgroundService
    where T : class
{
    // Events bring every change at once; this only heals what a lost event would leave stale.
    private static readonly TimeSpan Heal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly SemaphoreSlim _changed = new(0, 1);
    private IDisposable? _subscription;
    private T? _current;
    private long _asked;
    private long _done;
    private bool _failing;

    /// <summary>The value of now; the empty one before the first load.</summary>
    public T Current => Volatile.Read(ref _current) ?? Empty;

    /// <summary>True once a value came from the database or from disk.</summary>
    public bool Loaded => Volatile.Read(ref _current) is not null;

    /// <summary>The value before anything was loaded.</summary>
    protected abstract T Empty { get; }

    /// <summary>Types of the events after which the value must be loaded again.</summary>
    protected abstract IReadOnlyCollection<string> Events { get; }

    /// <summary>Brings the current value here before it returns: the next request on this node sees it.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var ticket = Interlocked.Increment(ref _asked);
        await _one.WaitAsync(cancel);
        try
        {
            // A load that began after this call has seen everything committed before it.
            if (_done >= ticket) return;
            var upTo = Volatile.Read(ref _asked);
            var next = await LoadAsync(cancel);
            Swap(next);
            _done = upTo;
            SaveLastGood(next);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = feed.Subscribe(Events, (_, _) =>
        {
            Wake();
            return ValueTask.CompletedTask;
        });
        if (!await TryRefreshAsync(cancellationToken) && LoadLastGood() is { } lastGood) Swap(lastGood);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the whole value from the database.</summary>
    protected abstract Task<T> LoadAsync(CancellationToken cancel);

    /// <summary>Called under the loading lock, before readers see <paramref name="next"/>.</summary>
    protected virtual void Swapping(T previous, T next)
    {
    }

    /// <summary>Called after readers see <paramref name="next"/>.</summary>
    protected virtual void Swapped(T previous, T next)
    {
    }

    /// <summary>The copy on disk; null where there is none.</summary>
    protected virtual T? LoadLastGood() => null;

    /// <summary>Writes the copy on disk.</summary>
    protected virtual void SaveLastGood(T value)
    {
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(_failing ? Retry : Heal, stoppingToken);
            await TryRefreshAsync(stoppingToken);
        }
    }

    /// <summary>Asks for a reload soon, for changes that no event tells of.</summary>
    protected void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // A reload is already due.
        }
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken stopping)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), wait, longest, Timeout.InfiniteTimeSpan);
        try
        {
            await _changed.WaitAsync(wait.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look, or to stop.
        }
    }

    private async Task<bool> TryRefreshAsync(CancellationToken cancel)
    {
        try
        {
            await RefreshAsync(cancel);
            if (_failing) log.LogInformation("{Snapshot} is current again", GetType().Name);
            _failing = false;
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error)
        {
            if (!_failing) log.LogWarning(error, "{Snapshot} could not be loaded; the last one stays", GetType().Name);
            _failing = true;
            return false;
        }
    }

    private void Swap(T next)
    {
        var previous = Current;
        Swapping(previous, next);
        Volatile.Write(ref _current, next);
        Swapped(previous, next);
    }
}
