using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.Bench.Gateway;

/// <summary>
/// The smallest possible provider: canned answers over plain sockets, so that what is measured is the gateway.
/// A body that says <c>"stream":true</c> gets 20 chunks 5 ms apart when the model is <c>paced</c>, 500 ms apart when
/// it is <c>slow</c>, else at once.
/// </summary>
internal static class MockUpstream
{
    private const int Chunks = 20;
    private static readonly byte[] Answer = BuildAnswer();
    private static readonly byte[] StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray();
    private static readonly byte[][] StreamChunks = BuildChunks();
    private static readonly byte[] StreamAtOnce = [.. StreamHead, .. StreamChunks.SelectMany(c => c)];

    /// <summary>Head and first event of a stream.</summary>
    public static ReadOnlyMemory<byte> StreamBeginning { get; } = (byte[])[.. StreamHead, .. StreamChunks[0]];

    public static async Task<int> RunAsync(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(512);
        while (true)
        {
            var socket = await listener.AcceptAsync();
            socket.NoDelay = true;
            _ = ServeAsync(socket);
        }
    }

    private static async Task ServeAsync(Socket socket)
    {
        var buffer = new byte[256 * 1024];
        var have = 0;
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(have));
                if (read == 0) break;
                have += read;
                while (Whole(buffer.AsSpan(0, have)) is var (head, length) && length > 0 && have >= length)
                {
                    await AnswerAsync(socket, buffer.AsMemory(head, length - head));
                    buffer.AsSpan(length, have - length).CopyTo(buffer);
                    have -= length;
                }
            }
        }
        catch (SocketException)
        {
            // The gateway left.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private static async ValueTask AnswerAsync(Socket socket, ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOf("\"stream\":true"u8) < 0)
        {
            await socket.SendAsync(Answer);
            return;
        }

        var pause = body.Span.IndexOf("\"paced\""u8) >= 0 ? 5 : body.Span.IndexOf("\"slow\""u8) >= 0 ? 500 : 0;
        if (pause == 0)
        {
            await socket.SendAsync(StreamAtOnce);
            return;
        }

        await socket.SendAsync(StreamHead);
        foreach (var chunk in StreamChunks)
        {
            await Task.Delay(pause);
            await socket.SendAsync(chunk);
        }
    }

    private static (int Head, int Length)? Whole(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var head = bytes[..end];
        var at = head.IndexOf("ontent-"u8);
        while (at >= 0 && !IsLength(head[(at + 7)..]))
        {
            var next = head[(at + 7)..].IndexOf("ontent-"u8);
            at = next < 0 ? -1 : at + 7 + next;
        }

        if (at < 0) return (end + 4, end + 4);
        var digits = head[(at + 14)..].TrimStart((byte)' ');
        var length = 0;
        foreach (var b in digits)
        {
            if (b is < (byte)'0' or > (byte)'9') break;
            length = (length * 10) + b - '0';
        }

        return (end + 4, end + 4 + length);
    }

    private static bool IsLength(ReadOnlySpan<byte> name) => name.StartsWith("Length:"u8) || name.StartsWith("length:"u8);

    private static byte[] BuildAnswer()
    {
        var text = new string('x', 700);
        var body = $$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1767225600,"model":"fast","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":200,"completion_tokens":180,"total_tokens":380}}""";
        return Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static byte[][] BuildChunks()
    {
        var events = Enumerable.Range(0, Chunks)
            .Select(i => $$$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,"model":"fast","choices":[{"index":0,"delta":{"content":" word{{{i}}}"},"logprobs":null,"finish_reason":null}]}""")
            .Append("""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,"model":"fast","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")
            .Append("""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,"model":"fast","choices":[],"usage":{"prompt_tokens":200,"completion_tokens":20,"total_tokens":220}}""")
            .Append("[DONE]")
            .Select(data => Chunk($"data: {data}\n\n"))
            .ToList();
        events[^1] = [.. events[^1], .. "0\r\n\r\n"u8];
        return [.. events];
    }

    private static byte[] Chunk(string text) => Encoding.ASCII.GetBytes($"{text.Length:x}\r\n{text}\r\n");
}
