using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Switchyard.Gateway.Providers;

namespace Switchyard.Gateway.Upstream.Http1;

/// <summary>
/// Calls servers that speak plain HTTP, as model servers in one's own network do: HTTP/1.1 (RFC 9112) over pooled
/// connections, one send for a request and no copy of an answer. Thread-safe.
/// </summary>
internal sealed class Http1Client : IDisposable
{
    private const int SentAtOnce = 64 * 1024;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<(string Host, int Port, DeploymentMode Mode), Http1Pool> _pools = new();
    private readonly RequestHeads _heads;
    private readonly ITimer _sweep;

    public Http1Client(AddressRules rules, TimeProvider time)
    {
        _heads = new RequestHeads((server, mode) => _pools.GetOrAdd((server.Host, server.Port, mode), _ => new Http1Pool(server, mode, rules, time)));
        _sweep = time.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
    }

    /// <summary>Sends a call and returns when the answer's headers are there.</summary>
    /// <param name="write">Builds the request's message; its line and headers are kept for the calls to come.</param>
    /// <exception cref="UpstreamException">No answer came.</exception>
    public async ValueTask<UpstreamReply> SendAsync(UpstreamCall call, Func<UpstreamCall, HttpContent, HttpRequestMessage> write, CancellationToken cancel)
    {
        var head = _heads.For(call, write);
        Http1Reply? reply = null;
        try
        {
            var connection = await head.Pool.TakeAsync(call.Provider.ConnectTimeout, cancel);
            connection.RunInline(call.Inline);
            reply = new Http1Reply(connection, head.Pool, cancel);
            await ExchangeAsync(connection, reply, head, call, cancel);
            return reply.Header("content-encoding") is { } encoding ? new DecodedReply(reply, encoding) : reply;
        }
        catch (Exception e) when (e is UpstreamException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            reply?.Dispose();
            throw UpstreamFailures.From(e, cancel);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var pool in _pools.Values) pool.Close();
    }

    private static async ValueTask ExchangeAsync(Http1Connection connection, Http1Reply reply, RequestHead head, UpstreamCall call, CancellationToken cancel)
    {
        SocketException? broken = null;
        try
        {
            await WriteAsync(connection, head, call);
        }
        catch (SocketException e) when (!cancel.IsCancellationRequested)
        {
            // A server may refuse a request before it has read all of it, and close: its answer is still to be read.
            broken = e;
        }

        try
        {
            await reply.ReadHeadAsync(wholeRequestSent: broken is null);
        }
        catch (Exception e) when (broken is not null && e is SocketException or UpstreamException { Failure: FailureClass.Cut })
        {
            throw UpstreamFailures.From(broken, cancel);
        }
    }

    /// <summary>Sends the head and as much of the body as fits with it, then the rest from where it lies.</summary>
    private static async ValueTask WriteAsync(Http1Connection connection, RequestHead head, UpstreamCall call)
    {
        var pieces = call.Body.Pieces;
        var size = head.Bytes.Length + 32 + HeaderBytes(call.Headers);
        var buffer = ArrayPool<byte>.Shared.Rent(size + (int)Math.Min(call.Body.Length, SentAtOnce));
        try
        {
            var used = Begin(buffer, head, call);
            var next = 0;
            for (; next < pieces.Count && pieces[next].Length <= buffer.Length - used; next++)
            {
                pieces[next].Span.CopyTo(buffer.AsSpan(used));
                used += pieces[next].Length;
            }

            await connection.SendAsync(buffer.AsMemory(0, used));
            for (; next < pieces.Count; next++) await connection.SendAsync(pieces[next]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Begin(byte[] buffer, RequestHead head, UpstreamCall call)
    {
        head.Bytes.CopyTo(buffer, 0);
        var used = head.Bytes.Length;
        Utf8Formatter.TryFormat(call.Body.Length, buffer.AsSpan(used), out var digits);
        used = Append(buffer, used + digits, "\r\n"u8);
        foreach (var (name, value) in call.Headers ?? [])
        {
            used += Encoding.ASCII.GetBytes(name, buffer.AsSpan(used));
            used = Append(buffer, used, ": "u8);
            used += Encoding.ASCII.GetBytes(value, buffer.AsSpan(used));
            used = Append(buffer, used, "\r\n"u8);
        }

        return Append(buffer, used, "\r\n"u8);
    }

    private static int Append(byte[] buffer, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(at));
        return at + text.Length;
    }

    private static int HeaderBytes(IReadOnlyList<KeyValuePair<string, string>>? headers)
    {
        var bytes = 0;
        foreach (var (name, value) in headers ?? []) bytes += name.Length + value.Length + 4;
        return bytes;
    }

    private void Sweep()
    {
        foreach (var pool in _pools.Values) pool.Sweep();
    }
}
