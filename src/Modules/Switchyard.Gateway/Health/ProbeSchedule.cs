using System.Collections.Concurrent;

namespace Switchyard.Gateway.Health;

/// <summary>
/// Calls something once per interval for each of a changing set of ids: never twice at once for the same id, also
/// when a call hangs; a missed turn is not made up for. Runs on the given clock.
/// </summary>
/// <param name="ids">Those to be called now.</param>
/// <param name="probe">Answers when this id is due next, or null for one interval from now.</param>
public sealed class ProbeSchedule<T>(
    Func<IReadOnlyCollection<T>> ids, Func<T, CancellationToken, Task<DateTimeOffset?>> probe, TimeSpan interval, TimeProvider time)
    where T : notnull
{
    // How soon an id that has just appeared is noticed.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<T, Task> _running = new();
    private readonly ConcurrentDictionary<T, DateTimeOffset> _due = new();

    /// <summary>Runs until cancelled, then waits for the calls under way, which see the same token.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                Turn(cancel);
                await Task.Delay(Look < interval ? Look : interval, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Task.WhenAll(_running.Values);
        }
    }

    /// <summary>Starts what is due now.</summary>
    public void Turn(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var wanted = ids().ToHashSet();
        foreach (var gone in _due.Keys.Where(id => !wanted.Contains(id))) _due.TryRemove(gone, out _);
        foreach (var id in wanted)
        {
            var due = _due.GetOrAdd(id, now);
            // A clock that was set back must not silence the probes until it has caught up.
            if (now < due && due - now <= interval) continue;
            _due[id] = now + interval;
            // Marked before it starts: it may end on another thread before this one goes on.
            if (_running.TryAdd(id, Task.CompletedTask)) _running.TryUpdate(id, CallAsync(id, cancel), Task.CompletedTask);
        }
    }

    private async Task CallAsync(T id, CancellationToken cancel)
    {
        try
        {
            if (await probe(id, cancel) is { } next) _due[id] = next;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }
}
