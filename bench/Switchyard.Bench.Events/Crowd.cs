using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Switchyard.Bench.Events;

/// <summary>Listeners on plain sockets: as little work on the client's side as can be.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly BenchNode _node;
    private readonly List<Socket> _sockets = [];
    private readonly ConcurrentDictionary<long, long> _committed = new();
    private volatile Latencies _latencies = new();
    private long _received;
    private long _disorder;

    private Crowd(BenchNode node) => _node = node;

    public static async Task<Crowd> JoinAsync(BenchNode node, int listeners)
    {
        var crowd = new Crowd(node);
        for (var i = 0; i < listeners; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, node.Address.Port);
            await socket.SendAsync("GET /api/llm/stream-updates HTTP/1.1\r\nHost: bench\r\n\r\n"u8.ToArray());
            crowd._sockets.Add(socket);
            _ = crowd.ReadAsync(socket);
        }

        while (node.Hub.Counts().Values.Sum() < listeners) await Task.Delay(10);
        return crowd;
    }

    /// <summary>Commits at a steady rate and measures from each commit to each listener's receipt.</summary>
    public async Task<Measure> MeasureAsync(int rate, TimeSpan duration)
    {
        _latencies = new Latencies();
        var before = Volatile.Read(ref _received);
        var events = (int)(rate * duration.TotalSeconds);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < events; i++)
        {
            await pace.WaitForNextTickAsync();
            var sequence = await _node.AppendAsync(1);
            _committed.TryAdd(sequence, Stopwatch.GetTimestamp());
        }

        var expected = (long)events * _sockets.Count;
        var patience = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _received) - before < expected && Stopwatch.GetElapsedTime(patience) < TimeSpan.FromSeconds(20)) await Task.Delay(5);
        var got = Volatile.Read(ref _received) - before;
        return new Measure(
            $"deliver to {_sockets.Count} listeners, {rate} event(s)/s", got / Stopwatch.GetElapsedTime(started).TotalSeconds,
            _latencies.At(0.5), _latencies.At(0.99), _latencies.At(1), $"{got:N0} of {expected:N0} received, {_disorder} out of order");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var held = 0;
        long last = 0;
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(held));
                if (read == 0) return;
                var at = Stopwatch.GetTimestamp();
                var text = buffer.AsMemory(0, held + read);
                held = Take(text, at, ref last);
                text[^held..].CopyTo(buffer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    // Counts the complete id lines; returns how many bytes at the end are not yet looked at.
    private int Take(ReadOnlyMemory<byte> memory, long at, ref long last)
    {
        var text = memory.Span;
        while (true)
        {
            var start = text.IndexOf("\nid: "u8);
            if (start < 0) return Math.Min(text.Length, 4);
            var number = text[(start + 5)..];
            var end = number.IndexOf((byte)'\n');
            if (end < 0) return text.Length - start;
            var isEvent = number[(end + 1)..].StartsWith("event"u8);
            if (!isEvent && number.Length - end < 6) return text.Length - start;
            if (isEvent) Count(long.Parse(number[..end], System.Globalization.CultureInfo.InvariantCulture), at, ref last);
            text = number[end..];
        }
    }

    private void Count(long sequence, long at, ref long last)
    {
        if (sequence <= last) Interlocked.Increment(ref _disorder);
        last = sequence;

        // An event may arrive before its writer has taken the time of the commit: that counts as at once.
        var latency = _committed.TryGetValue(sequence, out var committed) ? Stopwatch.GetElapsedTime(committed, at) : TimeSpan.Zero;
        _latencies.Add(latency < TimeSpan.Zero ? TimeSpan.Zero : latency);
        Interlocked.Increment(ref _received);
    }
}
