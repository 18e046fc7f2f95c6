using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Tests.Pipeline;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.TestKit;

namespace Switchyard.Gateway.Tests.Upstream;

public sealed class Http1ClientTests : IDisposable
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly VirtualClock _time = new();
    private readonly UpstreamClient _client;

    public Http1ClientTests() => _client = new UpstreamClient(Options.Create(new UpstreamOptions()), _time);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_request_goes_out_whole_with_its_credentials_and_the_clients_headers()
    {
        string? seen = null;
        await using var server = new RawServer(async c =>
        {
            seen = await c.RequestAsync();
            await c.SendAsync(Hello);
        });

        var (status, body) = await CallAsync(server, Encoding.UTF8.GetBytes("{\"model\":\"m\"}"), [new("openai-beta", "a=1")]);

        (status, body).ShouldBe((200, "hello"));
        seen.ShouldBe($"POST /v1/chat/completions HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer sk-planted-secret-raw\r\nContent-Type: application/json\r\nContent-Length: 13\r\nopenai-beta: a=1\r\n\r\n{{\"model\":\"m\"}}");
    }

    [Theory]
    [InlineData(Hello)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Hello)]
    [InlineData("HTTP/1.1 200\r\ncontent-length: 5, 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nhello")]
    public async Task Every_way_to_mark_the_end_of_a_body_is_understood_however_it_arrives(string answer)
    {
        await using var server = new RawServer(async c =>
        {
            await c.RequestAsync();
            foreach (var one in answer) await c.SendAsync(one.ToString());
        });

        (await CallAsync(server)).ShouldBe((200, "hello"));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/2 200 OK\r\n\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloworld", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000000000000000\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: snappy\r\nContent-Length: 0\r\n\r\n", FailureClass.Malformed)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", FailureClass.Cut)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", FailureClass.Cut)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", FailureClass.Cut)]
    [InlineData("", FailureClass.Cut)]
    public async Task An_answer_that_is_none_fails_and_says_why(string answer, FailureClass expected)
    {
        await using var server = new RawServer(async c =>
        {
            await c.RequestAsync();
            await c.SendAsync(answer);
        });

        (await Should.ThrowAsync<UpstreamException>(() => CallAsync(server))).Failure.ShouldBe(expected);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var server = new RawServer(async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\n");
            for (var i = 0; i < 2000; i++) await c.SendAsync($"X-{i}: {new string('a', 64)}\r\n");
        });

        (await Should.ThrowAsync<UpstreamException>(() => CallAsync(server))).Failure.ShouldBe(FailureClass.TooLarge);
    }

    [Fact]
    public async Task A_connection_serves_call_after_call()
    {
        await using var server = new RawServer(Again(Hello));

        for (var i = 0; i < 3; i++) (await CallAsync(server)).ShouldBe((200, "hello"));

        server.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    [InlineData(Hello + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nforged")]
    public async Task A_connection_that_could_confuse_answers_is_not_used_again(string answer)
    {
        await using var server = new RawServer(Again(answer));

        for (var i = 0; i < 2; i++) (await CallAsync(server)).ShouldBe((200, "hello"));

        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task An_idle_connection_that_the_server_closed_is_noticed_before_it_is_used()
    {
        var closed = new TaskCompletionSource();
        await using var server = new RawServer(
            async c =>
            {
                await c.RequestAsync();
                await c.SendAsync(Hello);
                c.Dispose();
                closed.SetResult();
            },
            Again(Hello));

        await CallAsync(server);
        await closed.Task.WaitAsync(Patience);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await CallAsync(server)).ShouldBe((200, "hello"));
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Idle_connections_are_closed_after_a_minute()
    {
        var closed = new TaskCompletionSource();
        await using var server = new RawServer(async c =>
        {
            await c.RequestAsync();
            await c.SendAsync(Hello);
            await c.ClosedAsync();
            closed.SetResult();
        });

        await CallAsync(server);
        _time.Advance(TimeSpan.FromSeconds(61));

        await closed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Leaving_an_answer_closes_its_connection()
    {
        var closed = new TaskCompletionSource();
        await using var server = new RawServer(async c =>
        {
            await c.RequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await c.ClosedAsync();
            closed.SetResult();
        });

        using (var reply = await _client.SendAsync(Call(server), CancellationToken.None)) (await reply.ReadAsync(new byte[16], CancellationToken.None)).ShouldBe(5);

        await closed.Task.WaitAsync(Patience);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    public async Task Cancelling_ends_the_wait_and_the_connection(string soFar)
    {
        var (asked, closed) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = new RawServer(async c =>
        {
            await c.RequestAsync();
            await c.SendAsync(soFar);
            asked.SetResult();
            await c.ClosedAsync();
            closed.SetResult();
        });
        using var cancel = new CancellationTokenSource();

        var call = CallAsync(server, cancel: cancel.Token);
        await asked.Task.WaitAsync(Patience);
        await cancel.CancelAsync();

        (await Should.ThrowAsync<UpstreamException>(() => call)).Failure.ShouldBe(FailureClass.Aborted);
        await closed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_large_body_arrives_whole()
    {
        var large = new string('x', 900_000);
        string? seen = null;
        await using var server = new RawServer(async c =>
        {
            seen = await c.RequestAsync();
            await c.SendAsync(Hello);
        });

        await CallAsync(server, Encoding.ASCII.GetBytes(large));

        seen!.EndsWith("\r\n\r\n" + large, StringComparison.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public async Task The_answer_of_a_server_that_stopped_listening_still_counts()
    {
        await using var server = new RawServer(async c => await c.SendAsync("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig"), Again(Hello));

        (await CallAsync(server)).ShouldBe((413, "big"));
        (await CallAsync(server)).ShouldBe((200, "hello"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task An_encoding_that_nobody_asked_for_is_undone(string encoding)
    {
        using var packed = new MemoryStream();
        await using (Stream pack = encoding == "br" ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true) : new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await pack.WriteAsync("hello"u8.ToArray());
        await using var server = new RawServer(async c =>
        {
            await c.RequestAsync();
            await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {packed.Length}\r\n\r\n");
            await c.SendAsync(packed.ToArray());
        });

        (await CallAsync(server)).ShouldBe((200, "hello"));
    }

    private static Func<RawConnection, Task> Again(string answer) => async c =>
    {
        while (await c.RequestAsync() is not null) await c.SendAsync(answer);
    };

    private async Task<(int Status, string Body)> CallAsync(RawServer server, byte[]? body = null, IReadOnlyList<KeyValuePair<string, string>>? headers = null, CancellationToken cancel = default)
    {
        using var reply = await _client.SendAsync(Call(server, body, headers), cancel);
        using var all = new MemoryStream();
        var buffer = new byte[7];
        while (await reply.ReadAsync(buffer, cancel) is > 0 and var read) all.Write(buffer, 0, read);
        return (reply.Status, Encoding.UTF8.GetString(all.ToArray()));
    }

    private static UpstreamCall Call(RawServer server, byte[]? body = null, IReadOnlyList<KeyValuePair<string, string>>? headers = null) => new(
        TestGateway.OpenAi(server.Address, "raw", "m"), UpstreamOperation.Chat, "m", new PatchedBody([body ?? "{}"u8.ToArray()]), headers);
}
