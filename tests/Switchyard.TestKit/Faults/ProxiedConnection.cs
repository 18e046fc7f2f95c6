using System.Net.Sockets;

namespace Switchyard.TestKit;

/// <summary>One connection through a <see cref="FaultProxy"/>.</summary>
internal sealed class ProxiedConnection(FaultProxy proxy, Socket client, Socket server)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    public async Task RunAsync(CancellationToken cancel)
    {
        var up = PumpAsync(client, server, cancel);
        var down = PumpAsync(server, client, cancel);
        await Task.WhenAll(up, down);
        Close(reset: false);
    }

    public void Close(bool reset)
    {
        foreach (var socket in new[] { client, server })
        {
            try
            {
                if (reset) socket.LingerState = new LingerOption(true, 0);
                else socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // The other side was quicker.
            }

            socket.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var room = proxy.BytesPerSecond > 0 ? Math.Clamp(proxy.BytesPerSecond / 50, 1, buffer.Length) : buffer.Length;
                var read = await from.ReceiveAsync(buffer.AsMemory(0, room), cancel);
                if (read == 0) break;
                if (proxy.BlackHole) continue;
                if (proxy.Delay > TimeSpan.Zero) await Task.Delay(proxy.Delay, cancel);
                if (proxy.BytesPerSecond > 0) await Task.Delay(TimeSpan.FromSeconds((double)read / proxy.BytesPerSecond), cancel);
                while (proxy.Paused) await Task.Delay(Step, cancel);
                await to.SendAsync(buffer.AsMemory(0, read), cancel);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // A break on one side is passed on as a break on the other.
            Close(reset: true);
        }
    }
}
