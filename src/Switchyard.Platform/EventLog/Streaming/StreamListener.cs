using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Threading.Channels;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>
/// One listener and the live events that wait for it. What waits is bounded; a burst that does not fit ends the
/// live part, and the listener reads on from the log until it can join again. One that does not read at all is
/// cut off: it comes back with the last id it saw.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing to free, and freeing it would race with Cut.")]
public sealed class StreamListener : IDisposable
{
    private readonly EventStreamHub _hub;
    private readonly EventStreamOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private Channel<EventFrame> _live = NoChannel();
    private int _bytes;
    private int _end;
    private long _writingSince;

    internal StreamListener(EventStreamHub hub, Caller caller, EventFilter filter, EventStreamOptions options, TimeProvider time) =>
        (_hub, Caller, Filter, _options, _time) = (hub, caller, filter, options, time);

    /// <summary>Who listens.</summary>
    public Caller Caller { get; }

    /// <summary>What it wants.</summary>
    public EventFilter Filter { get; }

    /// <summary>Cancelled when the stream must end, also in the middle of a write.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why it ended.</summary>
    public StreamEnd End => (StreamEnd)Volatile.Read(ref _end);

    /// <summary>Ends the stream.</summary>
    public void Cut(StreamEnd why)
    {
        if (Interlocked.CompareExchange(ref _end, (int)why, (int)StreamEnd.None) != (int)StreamEnd.None) return;
        // Its callbacks belong to the listener, not to the thread that delivers events.
        _ = _ended.CancelAsync();
    }

    /// <summary>Gives up its place.</summary>
    public void Dispose() => _hub.Leave(this);

    /// <summary>Waits for live events; false when the live part is over.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken cancel) => _live.Reader.WaitToReadAsync(cancel);

    /// <summary>Takes the next live event if one waits.</summary>
    internal bool TryTake([NotNullWhen(true)] out EventFrame? frame)
    {
        if (!_live.Reader.TryRead(out frame)) return false;
        Interlocked.Add(ref _bytes, -frame.Bytes.Length);
        return true;
    }

    /// <summary>Sends what was written; the hub watches how long that takes.</summary>
    internal async ValueTask<FlushResult> FlushAsync(SseWriter writer, CancellationToken cancel)
    {
        Volatile.Write(ref _writingSince, Math.Max(1, _time.GetTimestamp()));
        var result = await writer.FlushAsync(cancel);
        Volatile.Write(ref _writingSince, 0);
        return result;
    }

    /// <summary>Begins to queue live events. Called under the hub's gate.</summary>
    internal void BeginLive()
    {
        _bytes = 0;
        _live = Channel.CreateBounded<EventFrame>(
            new BoundedChannelOptions(_options.QueueLength) { SingleReader = true, SingleWriter = true });
    }

    /// <summary>Queues an event; false when it did not fit and the live part is over. Called under the hub's gate.</summary>
    internal bool Offer(EventFrame frame)
    {
        if (Interlocked.Add(ref _bytes, frame.Bytes.Length) <= _options.QueueBytes && _live.Writer.TryWrite(frame)) return true;
        _live.Writer.TryComplete();
        return false;
    }

    /// <summary>Queues a comment where nothing else waits. Called under the hub's gate.</summary>
    internal void OfferBeat()
    {
        if (_live.Reader.Count == 0) Offer(EventFrame.Beat);
    }

    /// <summary>True when the client has left the last write unread for longer than allowed.</summary>
    internal bool IsStuck() =>
        Volatile.Read(ref _writingSince) is var since and not 0 && _time.GetElapsedTime(since) > _options.SlowAfter;

    private static Channel<EventFrame> NoChannel()
    {
        var none = Channel.CreateBounded<EventFrame>(1);
        none.Writer.Complete();
        return none;
    }
}
