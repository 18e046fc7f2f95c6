using System.Net.Sockets;
using System.Text;

namespace Switchyard.Gateway.Tests.Pipeline;

/// <summary>A client that leaves when it is disposed, without the good manners of <see cref="HttpClient"/>.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp = new();

    public static async Task<RawClient> ChatAsync(Uri address, string model, bool stream, string path = "/v1/chat/completions")
    {
        var body = $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"max_tokens":10,"messages":[{"role":"user","content":"hi"}]}""";
        return await SendAsync(address, $"POST {path} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    public static Task<RawClient> SendAsync(Uri address, string request) => SendAsync(address, Encoding.UTF8.GetBytes(request));

    public static async Task<RawClient> SendAsync(Uri address, byte[] request)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync(address.Host, address.Port);
        await client._tcp.GetStream().WriteAsync(request);
        return client;
    }

    public async Task<string> ReadUntilAsync(string wanted, TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(10));
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(wanted, StringComparison.Ordinal))
        {
            var read = await _tcp.GetStream().ReadAsync(buffer, limit.Token);
            if (read == 0) break;
            seen.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return seen.ToString();
    }

    /// <summary>Whether bytes wait to be read.</summary>
    public bool HasAnswer => _tcp.Available > 0;

    /// <summary>Reads until the server closes, or breaks, the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var all = new MemoryStream();
        try
        {
            await _tcp.GetStream().CopyToAsync(all, limit.Token);
        }
        catch (IOException)
        {
            // A request that was not read to its end: the answer is here, and the connection is reset behind it.
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    public void Dispose()
    {
        _tcp.LingerState = new LingerOption(true, 0);
        _tcp.Dispose();
    }
}
