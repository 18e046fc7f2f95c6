using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Switchyard.Bench.Gateway;

/// <summary>How many streams at once came through.</summary>
/// <param name="Streams">Streams open at once.</param>
/// <param name="Complete">Those that ended with their end mark.</param>
/// <param name="MedianGapMs">Median time between two arrivals of a stream; its provider sends every 500 ms.</param>
/// <param name="LongestGapMs">Longest such time of any stream.</param>
internal sealed record CrowdFigures(int Streams, int Complete, double MedianGapMs, double LongestGapMs);

/// <summary>Opens many slow streams at once and looks whether any of them stalls.</summary>
internal static class ManyStreams
{
    public static async Task<CrowdFigures> RunAsync(string url, string? key, int streams)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var body = Encoding.ASCII.GetBytes(Bodies.Chat("slow", stream: true, 900));
        var gaps = new List<double>();
        var complete = 0;
        await Task.WhenAll(Enumerable.Range(0, streams).Select(async i =>
        {
            await Task.Delay(i / 2); // 2,000 a second: a crowd, not one instant.
            var (mine, ended) = await ReadAsync(client, url, key, body);
            lock (gaps) gaps.AddRange(mine);
            if (ended) Interlocked.Increment(ref complete);
        }));
        gaps.Sort();
        return new CrowdFigures(streams, complete, gaps.Count > 0 ? gaps[gaps.Count / 2] : 0, gaps.Count > 0 ? gaps[^1] : 0);
    }

    private static async Task<(List<double> Gaps, bool Ended)> ReadAsync(HttpMessageInvoker client, string url, string? key, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, CancellationToken.None);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[8 * 1024];
        var gaps = new List<double>();
        var ended = false;
        for (var last = 0L; await stream.ReadAsync(buffer) is > 0 and var read;)
        {
            var now = Stopwatch.GetTimestamp();
            if (last != 0) gaps.Add(Stopwatch.GetElapsedTime(last, now).TotalMilliseconds);
            last = now;
            ended |= buffer.AsSpan(0, read).IndexOf("[DONE]"u8) >= 0;
        }

        return (gaps, ended);
    }
}
