using System.Text;
using System.Text.Json;
using Switchyard.Gateway.Providers.Simulation;

namespace Switchyard.Gateway.Tests.Providers;

public sealed class SimulatorTests
{
    private readonly VirtualClock _clock = new();

    [Fact]
    public async Task Every_answer_says_that_it_comes_from_a_simulator()
    {
        foreach (var model in new[] { "sim-echo", "sim-words-7", "anything-at-all" })
        {
            using var answer = await SendAsync(model, stream: false);
            var json = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());

            json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.ShouldStartWith("[Simulator]");
            json.GetProperty("system_fingerprint").GetString().ShouldBe("simulator");
            json.GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBeGreaterThan(0);
            answer.Headers.GetValues("x-simulator").ShouldBe(["true"]);
        }
    }

    [Fact]
    public async Task A_stream_ends_with_its_mark_and_reports_usage_when_asked()
    {
        using var answer = await SendAsync("sim-words-5", stream: true);
        var events = await SseReader.TakeAsync(await answer.Content.ReadAsStreamAsync(), 16, TimeSpan.FromSeconds(5));

        events[^1].Data.ShouldBe("[DONE]");
        JsonElement.Parse(Encoding.UTF8.GetBytes(events[^2].Data!)).GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBeGreaterThan(0);
        var text = string.Concat(events.SkipLast(3).Select(e => JsonElement.Parse(Encoding.UTF8.GetBytes(e.Data!)).GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString()));
        text.ShouldStartWith("[Simulator]");
    }

    [Fact]
    public async Task Pieces_come_at_the_scripts_pace_and_not_before()
    {
        var waiting = SendAsync("sim-first-500-gap-100-words-1", stream: true);
        await Eventually.IsTrue(() => _clock.Waiting == 1, "it waits for the first token");
        waiting.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        using var answer = await waiting;
        var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[4096];
        (await body.ReadAsync(buffer)).ShouldBeGreaterThan(0);
        (await body.ReadAsync(buffer)).ShouldBeGreaterThan(0);

        var next = body.ReadAsync(buffer).AsTask();
        await Eventually.IsTrue(() => _clock.Waiting == 1, "it waits between pieces");
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        (await next).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("sim-status-429", 429)]
    [InlineData("sim-status-529", 529)]
    public async Task A_status_can_be_asked_for(string model, int status)
    {
        using var answer = await SendAsync(model, stream: false);

        ((int)answer.StatusCode).ShouldBe(status);
        (answer.Headers.RetryAfter is not null).ShouldBe(status == 429);
    }

    [Fact]
    public async Task A_cut_stream_breaks_and_a_stalled_one_waits_until_the_reader_leaves()
    {
        using (var cut = await SendAsync("sim-cut-words-4", stream: true))
            await Should.ThrowAsync<HttpIOException>(async () => await new StreamReader(await cut.Content.ReadAsStreamAsync()).ReadToEndAsync());

        using var stalled = await SendAsync("sim-stall-words-4", stream: true);
        using var leave = new CancellationTokenSource();
        var read = new StreamReader(await stalled.Content.ReadAsStreamAsync()).ReadToEndAsync(leave.Token);
        await Eventually.IsTrue(() => _clock.Waiting >= 0, "it started");
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task The_first_tool_is_called_where_the_script_says_so()
    {
        using var answer = await SendAsync("sim-tool", stream: false, new { type = "function", function = new { name = "look_up", parameters = new { type = "object" } } });
        var choice = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync()).GetProperty("choices")[0];

        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        choice.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("name").GetString().ShouldBe("look_up");
    }

    private Task<HttpResponseMessage> SendAsync(string model, bool stream, params object[] tools)
    {
        var invoker = new HttpMessageInvoker(new SimulatorHandler(_clock));
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            model, stream, tools, messages = new[] { new { role = "user", content = "Hello there" } }, stream_options = new { include_usage = true },
        });
        return invoker.SendAsync(new HttpRequestMessage(HttpMethod.Post, "http://simulator.invalid/v1/chat/completions") { Content = new ByteArrayContent(body) }, CancellationToken.None);
    }
}
