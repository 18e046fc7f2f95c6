using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Switchyard.Bench.Gateway;

/// <summary>How soon a provider learns that the client left, in milliseconds.</summary>
internal sealed record AbortFigures(double MedianMs, double LongestMs);

/// <summary>A provider that begins a stream, falls silent, and notes when its connection is closed.</summary>
internal sealed class AbortProbe : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public AbortProbe()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Leaves <paramref name="count"/> streams of <paramref name="target"/>'s model <c>silent</c>, one after another.</summary>
    public async Task<AbortFigures> RunAsync(Target target, int count)
    {
        // Without draining: the framework would otherwise wait two seconds before it leaves.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxResponseDrainSize = 0, ResponseDrainTimeout = TimeSpan.Zero });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", target.Key);
        var seen = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var closed = ServeOneAsync();
            using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new StringContent(Bodies.Chat("silent", stream: true, 900), Encoding.UTF8, "application/json") };
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using (var body = await response.Content.ReadAsStreamAsync()) await body.ReadExactlyAsync(new byte[6]);
            var left = Stopwatch.GetTimestamp();
            response.Dispose();
            seen.Add(Stopwatch.GetElapsedTime(left, await closed).TotalMilliseconds);
        }

        return new AbortFigures(Bench.Median(seen), seen.Max());
    }

    public void Dispose() => _listener.Dispose();

    private async Task<long> ServeOneAsync()
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            using var socket = await _listener.AcceptAsync();
            var read = await socket.ReceiveAsync(buffer);
            // Not a health probe.
            if (buffer.AsSpan(0, read).StartsWith("POST"u8)) return await StreamAsync(socket, buffer);
        }
    }

    private static async Task<long> StreamAsync(Socket socket, byte[] buffer)
    {
        await socket.SendAsync(MockUpstream.StreamBeginning);
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset: closed as well.
        }

        return Stopwatch.GetTimestamp();
    }
}
