using Microsoft.AspNetCore.Http;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.EventLog.Streaming;

/// <summary>
/// Serves one listener: first what it missed, from the log, then live events. The hand-over neither loses nor
/// repeats an event: the listener joins the hub at a known sequence, reads the log exactly up to it, and takes
/// everything after it from its queue. After a burst that was too much for the queue it does so again.
/// </summary>
public sealed class EventStream(EventStreamHub hub, EventReader log) : IDisposable
{
    private const int PageSize = 500;
    private const int FlushBytes = 64 * 1024;

    // A node that restarts gets all its listeners back at once: their reading must not take every connection.
    private readonly SemaphoreSlim _replays = new(4);

    /// <summary>Runs until the client leaves or must be cut off.</summary>
    /// <param name="http">The request; nothing of its response may have been written.</param>
    /// <param name="listener">Its place.</param>
    /// <param name="lastSeen">Its last sequence; null to begin with what happens from now on.</param>
    /// <param name="cancel">Ends the stream.</param>
    public async Task RunAsync(HttpContext http, StreamListener listener, long? lastSeen, CancellationToken cancel)
    {
        var writer = SseWriter.Start(http.Response);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, listener.Ended);
        try
        {
            if (lastSeen is { } seen) lastSeen = await CheckAsync(writer, seen, either.Token);
            while (true) lastSeen = await CatchUpAndFollowAsync(writer, listener, lastSeen, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client left or was cut off.
        }

        // A stopping node ends its responses in order; whoever does not read cannot be told anything any more.
        if (listener.End is StreamEnd.TooSlow or StreamEnd.AccessChanged) http.Abort();
    }

    /// <inheritdoc/>
    public void Dispose() => _replays.Dispose();

    private async Task<long> CheckAsync(SseWriter writer, long position, CancellationToken cancel)
    {
        // The client may be ahead of this node, but not of the log: then its id is from before a restored backup.
        if (position > hub.Position) position = Math.Min(position, await log.HeadAsync(cancel));
        if (position < await log.FloorAsync(cancel))
            writer.Write(null, "stream.expired", """{"reason":"Events after your last id have passed their retention; load the current state."}"""u8);
        return position;
    }

    private async Task<long> CatchUpAndFollowAsync(SseWriter writer, StreamListener listener, long? lastSeen, CancellationToken cancel)
    {
        var position = lastSeen;
        // The bulk is read before joining, so that the queue need not hold what happens during a long replay.
        while (position is { } far && hub.Position is var target && target - far > PageSize)
        {
            await ReplayAsync(writer, listener, far, target, cancel);
            position = target;
        }

        var joinedAt = hub.Join(listener);
        if (position is { } near) await ReplayAsync(writer, listener, near, joinedAt, cancel);

        // Gives a client that is cut before its next event a place to resume from.
        var from = Math.Max(joinedAt, position ?? 0);
        writer.ResumePoint(from, hub.Options.Reconnect);
        await listener.FlushAsync(writer, cancel);
        return await FollowAsync(writer, listener, from, cancel);
    }

    private async Task ReplayAsync(SseWriter writer, StreamListener listener, long position, long upTo, CancellationToken cancel)
    {
        while (position < upTo)
        {
            List<StoredEvent> page;
            await _replays.WaitAsync(cancel);
            try
            {
                page = await log.ReadAsync(listener.Caller.TenantId, listener.Filter, position, upTo, PageSize, cancel);
            }
            finally
            {
                _replays.Release();
            }

            foreach (var e in page) writer.Write(EventFrame.Of(e).Bytes);
            await listener.FlushAsync(writer, cancel);
            if (page.Count < PageSize) return;
            position = page[^1].Sequence;
        }
    }

    // Returns the last sequence sent, when the live part is over.
    private static async Task<long> FollowAsync(SseWriter writer, StreamListener listener, long from, CancellationToken cancel)
    {
        var last = from;
        while (await listener.WaitAsync(cancel))
        {
            var written = 0;
            while (written < FlushBytes && listener.TryTake(out var frame))
            {
                if (!frame.IsBeat)
                {
                    if (frame.Sequence <= from) continue;
                    last = frame.Sequence;
                }

                writer.Write(frame.Bytes);
                written += frame.Bytes.Length;
            }

            await listener.FlushAsync(writer, cancel);
        }

        return last;
    }
}
