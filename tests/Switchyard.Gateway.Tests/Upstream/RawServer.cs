using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.Gateway.Tests.Upstream;

/// <summary>A server that says exactly the bytes it is told, one script for each connection in turn.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _connections;

    public RawServer(params Func<RawConnection, Task>[] scripts)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(16);
        _serving = ServeAsync(scripts);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

    /// <summary>Connections made so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<RawConnection, Task>[] scripts)
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                var script = scripts[Math.Min(Interlocked.Increment(ref _connections), scripts.Length) - 1];
                running.Add(RunAsync(script, new RawConnection(socket, _stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(running);
        }
    }

    private static async Task RunAsync(Func<RawConnection, Task> script, RawConnection connection)
    {
        using (connection)
        {
            try
            {
                await script(connection);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The test is over, or the client left.
            }
        }
    }
}

/// <summary>The server's side of one connection.</summary>
internal sealed class RawConnection(Socket socket, CancellationToken stop) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <summary>Reads one whole request with its body; null when the client closed.</summary>
    public async Task<string?> RequestAsync()
    {
        var have = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(have), stop);
            if (read == 0) return null;
            var text = Encoding.ASCII.GetString(_buffer, 0, have += read);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var length = text.Split("\r\n").First(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal))["Content-Length: ".Length..];
            if (have >= end + 4 + int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)) return text;
        }
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await socket.SendAsync(bytes, stop);

    /// <summary>Waits until the client closes; what it still sends is thrown away.</summary>
    public async Task ClosedAsync()
    {
        try
        {
            while (await socket.ReceiveAsync(_buffer, stop) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset: closed as well.
        }
    }

    public void Dispose() => socket.Dispose();
}
