using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Switchyard.Bench.Gateway;

/// <summary>How streams come through.</summary>
/// <param name="FirstByteMs">Median time to the first byte.</param>
/// <param name="Arrivals">Median number of separate arrivals of a stream whose events are sent apart.</param>
internal sealed record StreamFigures(double FirstByteMs, double Arrivals);

/// <summary>Reads paced streams one after another and notes when bytes arrive.</summary>
internal static class StreamProbe
{
    public static async Task<StreamFigures> RunAsync(string url, string? key, int streams)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var (first, arrivals) = (new List<double>(), new List<double>());
        var buffer = new byte[64 * 1024];
        for (var i = 0; i < streams; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Bodies.Chat("paced", stream: true, 900), Encoding.UTF8, "application/json") };
            var started = Stopwatch.GetTimestamp();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using var body = await response.Content.ReadAsStreamAsync();
            var count = 0;
            while (await body.ReadAsync(buffer) > 0)
            {
                if (count++ == 0) first.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            arrivals.Add(count);
        }

        return new StreamFigures(Bench.Median(first), Bench.Median(arrivals));
    }
}

/// <summary>Request bodies of a size.</summary>
internal static class Bodies
{
    public static string Chat(string model, bool stream, int size)
    {
        var head = $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"temperature":0.7,"max_tokens":256,"messages":[{"role":"system","content":"You are a helpful assistant."},{"role":"user","content":" """;
        const string tail = "\"}]}";
        return head + new string('a', Math.Max(1, size - head.Length - tail.Length)) + tail;
    }
}
