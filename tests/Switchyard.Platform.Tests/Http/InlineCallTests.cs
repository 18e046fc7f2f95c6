using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Switchyard.Platform.Http.Inline;
using Switchyard.TestKit;

namespace Switchyard.Platform.Tests.Http;

public sealed class InlineCallTests : IAsyncLifetime
{
    private readonly WebApplication _app;

    public InlineCallTests()
    {
        InlineCompletions.Prepare();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        _app = builder.Build();
        _app.UseRouting();
        _app.UseInlineCalls();
        _app.MapPost("/call", WhereAsync).RunsInline();
        _app.MapPost("/work", WhereAsync);
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public void The_runtime_has_the_switch_that_calls_run_inline_by() =>
        InlineCompletions.Supported.ShouldBe(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS());

    [Fact]
    public async Task Marked_endpoints_run_where_their_socket_is_watched_and_all_others_on_the_pool()
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync("127.0.0.1", new Uri(_app.Urls.First()).Port);

        for (var round = 0; round < 3; round++)
        {
            // Not the first: that one finds the connection as the last request left it. Nor one that was there before it was waited for.
            var inline = InlineCompletions.Supported ? "watcher,watcher" : "pool,pool";
            await Eventually.IsTrue(async () => await AskAsync(client, "/call") == inline, "a marked endpoint runs inline");
            for (var i = 0; i < 20; i++) (await AskAsync(client, "/work")).ShouldBe("pool,pool");
        }
    }

    [Fact]
    public async Task A_hop_ends_in_the_pool()
    {
        var found = new TaskCompletionSource<bool>();
        var thread = new Thread(() => _ = LookAsync(found));
        thread.Start();
        (await found.Task).ShouldBeTrue();

        static async Task LookAsync(TaskCompletionSource<bool> found)
        {
            await Pool.Hop();
            found.SetResult(Thread.CurrentThread.IsThreadPoolThread);
        }
    }

    /// <summary>Where the endpoint begins, and where it goes on after its body came.</summary>
    private static async Task WhereAsync(HttpContext http)
    {
        var before = Where();
        await http.Response.StartAsync();
        await http.Response.Body.FlushAsync(); // Tells the client to send the body.
        await http.Request.Body.ReadExactlyAsync(new byte[4]);
        await http.Response.WriteAsync($"<{before},{Where()}>");
    }

    private static string Where() => Thread.CurrentThread.IsThreadPoolThread ? "pool" : "watcher";

    private static async Task<string> AskAsync(Socket client, string path)
    {
        var buffer = new byte[4096];
        await client.SendAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"));
        await client.ReceiveAsync(buffer); // The answer has begun: the endpoint waits for its body.
        await client.SendAsync("body"u8.ToArray());
        var text = "";
        while (!text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)) text += Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer));
        return text[(text.IndexOf('<', StringComparison.Ordinal) + 1)..text.IndexOf('>', StringComparison.Ordinal)];
    }
}
