using System.Buffers;
using System.Net.Sockets;
using Switchyard.Platform.Http.Inline;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream.Http1;

/// <summary>
/// One connection to one server, used by one call at a time. It holds a buffer only while a call is under way;
/// any thread may cut it.
/// </summary>
internal sealed class Http1Connection(Socket socket, long openedAt) : IDisposable
{
    private const int BufferSize = 8 * 1024;
    private const int LargestHead = 64 * 1024;

    private byte[] _received = [];
    private int _start;
    private int _end;

    /// <summary>Timestamp of the connect.</summary>
    public long OpenedAt { get; } = openedAt;

    /// <summary>Timestamp since which it lies idle.</summary>
    public long IdleSince { get; set; }

    /// <summary>Status and headers of the answer under way.</summary>
    public ResponseHead Head { get; } = new();

    /// <summary>An idle connection on which something arrived: nothing can have but its end.</summary>
    public bool IsStale()
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>Whether whoever waits is continued in the thread that watches the socket.</summary>
    public void RunInline(bool inline) => InlineCompletions.Set(socket, inline);

    /// <summary>Sends all of it.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
    }

    /// <summary>Receives up to the end of a final answer's head; whatever came behind it waits in the buffer.</summary>
    /// <exception cref="UpstreamException">The connection ended, or what came is no answer.</exception>
    public async ValueTask ReadHeadAsync()
    {
        _received = ArrayPool<byte>.Shared.Rent(BufferSize);
        (_start, _end) = (0, 0);
        Head.Reset(0);
        while (true)
        {
            if (Head.TryRead(_received, _end, out var body))
            {
                _start = body;
                if (Head.Status >= 200) return;
                if (Head.Status == 101) throw new UpstreamException(FailureClass.Malformed, new Phrase("upstream.switched"));
                Head.Reset(body); // An interim answer, such as 103.
                continue;
            }

            if (_end == _received.Length) Grow();
            var read = await socket.ReceiveAsync(_received.AsMemory(_end), SocketFlags.None);
            if (read == 0) throw new UpstreamException(FailureClass.Cut, new Phrase("upstream.closed"));
            _end += read;
        }
    }

    /// <summary>Body bytes: those that came with the head first. 0 when the server closed the connection.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (_start == _end) return socket.ReceiveAsync(buffer, SocketFlags.None, cancel);
        var take = Math.Min(_end - _start, buffer.Length);
        _received.AsSpan(_start, take).CopyTo(buffer.Span);
        _start += take;
        return new ValueTask<int>(take);
    }

    /// <summary>Gives the buffer back; false when bytes are left that no answer asked for.</summary>
    public bool Release()
    {
        var clean = _start == _end;
        var buffer = _received;
        (_received, _start, _end) = ([], 0, 0);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        return clean;
    }

    /// <summary>Ends whatever is waiting on it; the server learns at once that nobody listens.</summary>
    public void Dispose() => socket.Dispose();

    private void Grow()
    {
        if (_received.Length >= LargestHead) throw new UpstreamException(FailureClass.TooLarge, new Phrase("upstream.headers"));
        var larger = ArrayPool<byte>.Shared.Rent(_received.Length * 2);
        _received.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_received);
        _received = larger;
    }
}
