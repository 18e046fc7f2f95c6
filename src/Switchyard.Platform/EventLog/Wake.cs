using System.Threading.Channels;

namespace Switchyard.Platform.EventLog;

/// <summary>Wakes one waiting loop; many signals before it looks count as one. Thread-safe.</summary>
public sealed class Wake(TimeProvider time)
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Wakes the loop, now or when it next waits.</summary>
    public void Set() => _signals.Writer.TryWrite(true);

    /// <summary>Waits for a signal, at most <paramref name="longest"/>; throws only when cancelled.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Time is up: the caller polls.
        }
    }
}
