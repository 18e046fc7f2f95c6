using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Switchyard.Bench.Gateway;

/// <summary>Latency of requests that come at a fixed rate, whether or not the last was answered.</summary>
/// <param name="P50">Milliseconds from sending to the whole answer.</param>
internal sealed record Latency(double P50, double P99);

/// <summary>Sends requests when they are due, a few at a time, however many are still on their way.</summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    public static async Task<Latency> RunAsync(string url, string? key, string body, int perSecond, int seconds)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var bytes = Encoding.ASCII.GetBytes(body);
        var count = perSecond * seconds;
        var seen = new double[count];
        var running = new Task[count];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count;)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond) + 1);
            // Sent late and in a heap, requests would measure this program and not the gateway.
            if (due - i > perSecond / 10) throw new InvalidOperationException("The load fell behind its rate; the machine is too busy to measure.");
            for (; i < due; i++)
            {
                var at = i;
                running[i] = SendAsync(client, url, key, bytes, ms => seen[at] = ms);
            }

            await Task.Delay(Tick);
        }

        await Task.WhenAll(running);
        Array.Sort(seen);
        return new Latency(seen[count / 2], seen[(int)(count * 0.99)]);
    }

    private static async Task SendAsync(HttpMessageInvoker client, string url, string? key, byte[] body, Action<double> done)
    {
        var sent = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, CancellationToken.None);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{url}: {(int)response.StatusCode}");
        await response.Content.CopyToAsync(Stream.Null);
        done(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
    }
}
