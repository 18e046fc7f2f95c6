using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Switchyard.TestKit;

/// <summary>
/// A TCP proxy that misbehaves on command, before PostgreSQL or before an upstream: delay, throttle, black
/// hole, pause, cut with FIN or RST, refuse. Settings take effect at once, also on open connections.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly ConcurrentDictionary<long, ProxiedConnection> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private long _ids;

    private FaultProxy(string host, int port) => (_host, _port) = (host, port);

    /// <summary>Where clients connect to.</summary>
    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Added to every transfer, in both directions.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Most bytes per second and direction; 0 for no limit.</summary>
    public int BytesPerSecond { get; set; }

    /// <summary>Swallows everything in both directions without closing.</summary>
    public bool BlackHole { get; set; }

    /// <summary>Holds everything back until <see cref="Resume"/>.</summary>
    public bool Paused { get; private set; }

    /// <summary>Connections open now.</summary>
    public int Connections => _open.Count;

    /// <summary>Starts a proxy on a free loopback port before <paramref name="host"/>.</summary>
    public static FaultProxy Start(string host, int port)
    {
        var proxy = new FaultProxy(host, port);
        proxy.Listen(0);
        return proxy;
    }

    /// <summary>Stops data until <see cref="Resume"/>.</summary>
    public void Pause() => Paused = true;

    /// <summary>Lets held data go.</summary>
    public void Resume() => Paused = false;

    /// <summary>Closes every open connection in the ordinary way.</summary>
    public void CutAll() => CloseAll(reset: false);

    /// <summary>Resets every open connection.</summary>
    public void ResetAll() => CloseAll(reset: true);

    /// <summary>As if the server were gone: cuts everything and refuses new connections until <see cref="Restore"/>.</summary>
    public void TakeDown()
    {
        _listener?.Dispose();
        _listener = null;
        CloseAll(reset: true);
    }

    /// <summary>Accepts connections again, on the same port.</summary>
    public void Restore() => Listen(EndPoint.Port);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        TakeDown();
        await _accepting;
        _stop.Dispose();
    }

    private void Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(512);
        _listener = listener;
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
        _accepting = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(_stop.Token);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }

            var id = Interlocked.Increment(ref _ids);
            _ = ServeAsync(id, client);
        }
    }

    private async Task ServeAsync(long id, Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        var connection = new ProxiedConnection(this, client, server);
        _open[id] = connection;
        try
        {
            await server.ConnectAsync(_host, _port, _stop.Token);
            await connection.RunAsync(_stop.Token);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            connection.Close(reset: false);
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    private void CloseAll(bool reset)
    {
        foreach (var connection in _open.Values) connection.Close(reset);
    }
}
