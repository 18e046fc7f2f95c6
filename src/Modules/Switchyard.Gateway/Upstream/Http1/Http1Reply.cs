using System.Runtime.CompilerServices;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Upstream.Http1;

/// <summary>An answer that is read straight from its connection into the caller's memory.</summary>
internal sealed class Http1Reply : UpstreamReply
{
    private readonly Http1Connection _connection;
    private readonly Http1Pool _pool;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _cut;
    private ChunkDecoder _chunks;
    private BodyFraming _framing;
    private long _left;
    private bool _reusable;
    private bool _ended;

    /// <param name="cancel">Cuts the connection, at any time until the reply is disposed.</param>
    public Http1Reply(Http1Connection connection, Http1Pool pool, CancellationToken cancel)
    {
        (_connection, _pool, _cancel) = (connection, pool, cancel);
        // One registration for the whole call instead of one for each operation.
        _cut = cancel.UnsafeRegister(static connection => ((Http1Connection)connection!).Dispose(), connection);
    }

    public override int Status => _connection.Head.Status;

    public override long? ContentLength => _connection.Head.ContentLength;

    public override string? Header(string name) => _connection.Head.Header(name);

    /// <summary>Waits for status and headers.</summary>
    /// <param name="wholeRequestSent">False when the server stopped listening: its answer counts, its connection is done.</param>
    public async ValueTask ReadHeadAsync(bool wholeRequestSent)
    {
        await _connection.ReadHeadAsync();
        var head = _connection.Head;
        (_framing, _left, _reusable) = (head.Framing, head.ContentLength ?? 0, head.KeepAlive && wholeRequestSent);
        _ended = _framing == BodyFraming.None || (_framing == BodyFraming.Length && _left == 0);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (cancel == _cancel) cancel = default;
        try
        {
            while (!_ended)
            {
                if (_framing == BodyFraming.Length && buffer.Length > _left) buffer = buffer[..(int)_left];
                var read = await _connection.ReceiveAsync(buffer, cancel);
                var data = read > 0 ? Accept(buffer.Span[..read]) : End();
                if (data > 0) return data;
            }

            return 0;
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException)
        {
            throw UpstreamFailures.From(e, _cancel);
        }
    }

    protected override void Close()
    {
        // A cut that is already running closes the connection: it must not be lent again.
        var alive = _cut.Unregister() || !_cancel.CanBeCanceled;
        if (_connection.Release() && alive && _ended && _reusable) _pool.Return(_connection);
        else _connection.Dispose();
    }

    private int Accept(Span<byte> received)
    {
        if (_framing == BodyFraming.Chunked)
        {
            var data = _chunks.Decode(received, out var excess);
            _ended = _chunks.Ended;
            if (excess > 0) _reusable = false;
            return data;
        }

        if (_framing == BodyFraming.Length) _ended = (_left -= received.Length) == 0;
        return received.Length;
    }

    private int End()
    {
        if (_framing != BodyFraming.UntilClose) throw new UpstreamException(FailureClass.Cut, new Phrase("upstream.cut"));
        _ended = true;
        return 0;
    }
}
