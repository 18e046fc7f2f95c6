using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Switchyard.Platform.Access;

namespace Switchyard.Platform.Tests.EventLog;

public sealed class EventStreamTests(EventDatabase database) : IClassFixture<EventDatabase>
{
    private static readonly Guid OtherTenant = Guid.Parse("00000000-0000-7000-8000-0000000000aa");

    [Fact]
    public async Task A_listener_gets_events_with_sequence_type_and_payload_as_they_happen()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        using var response = await node.ListenAsync();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        await Joined(node, 1);

        var sequence = await AppendAsync(node, Tenants.Default, 7);

        var message = (await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), 1))[0];
        message.Id.ShouldBe($"{sequence}");
        message.Event.ShouldBe("test.happened");
        var data = JsonDocument.Parse(message.Data!).RootElement;
        data.GetProperty("sequence").GetInt64().ShouldBe(sequence);
        data.GetProperty("type").GetString().ShouldBe("test.happened");
        data.GetProperty("subject").GetString().ShouldBe("test");
        data.GetProperty("actor").GetString().ShouldBe("system");
        data.GetProperty("at").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
        data.GetProperty("payload").GetProperty("number").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Resuming_while_events_pour_in_gives_every_event_once_and_in_order()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        var first = await AppendAsync(node, Tenants.Default, 0);
        var total = 0;
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(async w =>
        {
            while (!stop.IsCancellationRequested)
            {
                await AppendAsync(node, Tenants.Default, w, 5);
                Interlocked.Add(ref total, 5);
            }
        }).ToArray();

        // Leaves and comes back again and again, each time somewhere in the middle of the traffic.
        var seen = new List<long>();
        var last = first;
        for (var round = 0; round < 8; round++)
        {
            using var response = await node.ListenAsync(lastEventId: last);
            var messages = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), 40 + (round * 17));
            seen.AddRange(messages.Select(m => Number(m.Id)));
            last = seen[^1];
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        using var end = await node.ListenAsync(lastEventId: last);
        var rest = await SseReader.TakeAsync(await end.Content.ReadAsStreamAsync(), total - seen.Count);
        seen.AddRange(rest.Select(m => Number(m.Id)));

        var log = await node.Log.ReadAsync(first, 1_000_000, CancellationToken.None);
        seen.ShouldBe(log.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_reader_that_stops_reading_is_cut_off_and_resumes_without_a_gap()
    {
        await using var node = await WebNode.StartAsync(
            database.ConnectionString, settings: [("events:streams:queueLength", "64"), ("events:streams:slowAfter", "00:00:01")]);
        var start = await AppendAsync(node, Tenants.Default, 0);
        await Eventually.IsTrue(() => node.Hub.Position == start, "the node has seen the first event");
        var address = node.Client.BaseAddress!;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /api/llm/stream-updates HTTP/1.1\r\nHost: x\r\n\r\n"));
        await Joined(node, 1);

        // Reads nothing, while far more than all buffers on the way can hold is written.
        var written = 0;
        await Eventually.IsTrue(
            async () =>
            {
                await AppendAsync(node, Tenants.Default, 1, 200, new string('x', 2000));
                written += 200;
                return node.Hub.Counts().Count == 0;
            },
            "the slow reader was cut off",
            TimeSpan.FromSeconds(30));

        var got = await ReadAllAsync(socket);
        got.Count.ShouldBeLessThan(written);
        var last = got.Count == 0 ? start : got[^1];
        using var response = await node.ListenAsync(lastEventId: last);
        var rest = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), written - got.Count);
        got.AddRange(rest.Select(m => Number(m.Id)));
        var log = await node.Log.ReadAsync(start, 1_000_000, CancellationToken.None);
        got.ShouldBe(log.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_burst_that_no_queue_can_hold_reaches_a_reader_that_reads()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString, settings: ("events:streams:queueLength", "16"));
        using var response = await node.ListenAsync();
        await Joined(node, 1);
        await Eventually.IsTrue(async () => node.Hub.Position == await node.Log.HeadAsync(CancellationToken.None), "the node is at the head");
        var start = node.Hub.Position;

        for (var i = 0; i < 5; i++) await AppendAsync(node, Tenants.Default, i, 2000);

        var messages = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), 10_000);
        messages.Select(m => Number(m.Id)).ShouldBe((await node.Log.ReadAsync(start, 20_000, CancellationToken.None)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task Filters_select_exact_types_and_prefixes_live_and_when_resuming()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        var start = await AppendAsync(node, Tenants.Default, 0);
        await BroadcastAsync(node, "alpha.one");
        await BroadcastAsync(node, "beta");

        using var response = await node.ListenAsync("?types=broadcast.beta,broadcast.alpha.*", lastEventId: start);
        await Joined(node, 1);
        await AppendAsync(node, Tenants.Default, 1);
        await BroadcastAsync(node, "gamma");
        await BroadcastAsync(node, "alpha.two");

        var messages = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), 3);
        messages.Select(m => m.Event).ShouldBe(["broadcast.alpha.one", "broadcast.beta", "broadcast.alpha.two"]);
    }

    [Fact]
    public async Task Another_tenants_events_are_never_seen_live_or_replayed()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        var start = await AppendAsync(node, Tenants.Default, 0);
        await AppendAsync(node, OtherTenant, 1);
        using var response = await node.ListenAsync(lastEventId: start);
        await Joined(node, 1);
        await AppendAsync(node, OtherTenant, 2);
        var mine = await AppendAsync(node, Tenants.Default, 3);

        var messages = await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), 1);
        messages[0].Id.ShouldBe($"{mine}");
    }

    [Fact]
    public async Task A_stream_ends_at_once_when_its_key_or_session_is_revoked()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        var (revoked, kept) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var mine = await node.ListenAsync(caller: revoked);
        using var other = await node.ListenAsync(caller: kept);
        await Joined(node, 2);

        await using (var change = await node.Database.BeginAsync(Caller.System(Tenants.Default), CancellationToken.None))
        {
            change.Raise(new("access.key-changed", revoked.ToString(), $$"""{"id":"{{revoked}}","change":"revoked"}"""));
            await change.CommitAsync(CancellationToken.None);
        }

        await Joined(node, 1);
        await EndsAsync(mine);
    }

    [Fact]
    public async Task A_client_that_is_ahead_of_this_node_gets_no_event_twice()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        for (var i = 0; i < 30; i++)
        {
            // Straight after the commit: the node's own reader has often not seen the event yet.
            var seen = await AppendAsync(node, Tenants.Default, i);
            using var response = await node.ListenAsync(lastEventId: seen, caller: Guid.CreateVersion7());
            var next = await AppendAsync(node, Tenants.Default, i);
            (await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), 1))[0].Id.ShouldBe($"{next}");
        }
    }

    [Fact]
    public async Task An_id_from_the_future_goes_on_with_the_end_of_the_log()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        using var response = await node.ListenAsync(lastEventId: 1_000_000_000);
        await Joined(node, 1);
        var next = await AppendAsync(node, Tenants.Default, 1);
        (await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), 1))[0].Id.ShouldBe($"{next}");
    }

    [Fact]
    public async Task Streams_end_in_order_when_the_node_stops()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        using var response = await node.ListenAsync();
        await Joined(node, 1);

        node.BeginStop();

        // No exception: the response is complete, not cut.
        await foreach (var message in SseReader.ReadAsync(await response.Content.ReadAsStreamAsync())) message.Data.ShouldBeNull();
    }

    [Fact]
    public async Task One_caller_may_hold_only_so_many_streams()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString, settings: [("events:streams:perCaller", "2")]);
        using var first = await node.ListenAsync();
        using var second = await node.ListenAsync();
        using var third = await node.ListenAsync();
        using var somebodyElse = await node.ListenAsync(caller: Guid.CreateVersion7());

        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        third.Headers.RetryAfter.ShouldNotBeNull();
        (await third.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("too_many_streams");
        somebodyElse.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Dispose();
        await Eventually.Pass(async () =>
        {
            using var again = await node.ListenAsync();
            again.StatusCode.ShouldBe(HttpStatusCode.OK);
        });
    }

    [Theory]
    [InlineData("?types=gate way", "invalid_event_filter", "types")]
    [InlineData("?types=.*", "invalid_event_filter", "types")]
    [InlineData("?lastEventId=-1", "value_malformed", "lastEventId")]
    [InlineData("?lastEventId=99999999999999999999", "value_malformed", "lastEventId")]
    public async Task A_bad_filter_or_id_is_refused_by_name(string query, string code, string field)
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        using var response = await node.ListenAsync(query);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_broadcast_answers_with_its_sequence_and_the_listeners_of_all_nodes()
    {
        await using var here = await WebNode.StartAsync(database.ConnectionString);
        await using var there = await WebNode.StartAsync(database.ConnectionString);
        using var a = await here.ListenAsync();
        using var b = await there.ListenAsync();
        using var c = await there.ListenAsync();
        using var stranger = await there.ListenAsync(tenant: OtherTenant);
        await Joined(there, 3);

        await Eventually.Pass(async () => (await BroadcastAsync(here, "hello")).GetProperty("subscribers").GetInt32().ShouldBe(3));
        var answer = await BroadcastAsync(here, "hello");
        var messages = await TakeUntilAsync(b, answer.GetProperty("sequence").GetInt64());
        messages.Event.ShouldBe("broadcast.hello");

        c.Dispose();
        await Eventually.Pass(async () => (await BroadcastAsync(here, "hello")).GetProperty("subscribers").GetInt32().ShouldBe(2));
    }

    [Theory]
    [InlineData("""{"topic":"Bad Topic","payload":1}""", "value_malformed")]
    [InlineData("""{"topic":"a\r\nevent: x","payload":1}""", "value_malformed")]
    [InlineData("""{"payload":1}""", "field_required")]
    [InlineData("""{"topic":"a","payload":1,"extra":2}""", "unknown_field")]
    public async Task A_bad_broadcast_is_refused(string body, string code)
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        using var response = await PostAsync(node, body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
    }

    [Theory]
    [InlineData("\"\\u0000\"")]
    [InlineData("1e999")]
    [InlineData("{\"a\":\r\n[1,\n2]}")]
    public async Task Odd_but_valid_json_travels_as_it_was_sent(string payload)
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        using var response = await node.ListenAsync("?types=broadcast.odd");
        await Joined(node, 1);
        using var answer = await PostAsync(node, $$"""{"topic":"odd","payload":{{payload}}}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());

        var message = (await SseReader.TakeAsync(await response.Content.ReadAsStreamAsync(), 1))[0];
        var sent = JsonDocument.Parse(message.Data!).RootElement.GetProperty("payload");
        JsonElement.DeepEquals(JsonDocument.Parse("[]").RootElement, sent).ShouldBeFalse();
        sent.GetRawText().Replace(" ", "").ShouldBe(payload.Replace("\r", "").Replace("\n", ""));
    }

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private static Task Joined(WebNode node, int listeners) =>
        Eventually.IsTrue(() => node.Hub.Counts().Values.Sum() == listeners, $"{listeners} listeners");

    private static async Task EndsAsync(HttpResponseMessage response)
    {
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        var body = await response.Content.ReadAsStreamAsync();
        try
        {
            while (await body.ReadAsync(new byte[1024], deadline.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // Cut is also an end.
        }
    }

    private static async Task<SseMessage> TakeUntilAsync(HttpResponseMessage response, long sequence)
    {
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        await foreach (var message in SseReader.ReadAsync(await response.Content.ReadAsStreamAsync(), cancel: deadline.Token))
        {
            if (message.Id == $"{sequence}") return message;
        }

        throw new InvalidOperationException("The stream ended first.");
    }

    private static async Task<List<long>> ReadAllAsync(Socket socket)
    {
        var text = new MemoryStream();
        var buffer = new byte[65536];
        try
        {
            int read;
            while ((read = await socket.ReceiveAsync(buffer)) > 0) text.Write(buffer, 0, read);
        }
        catch (SocketException)
        {
            // Reset is how a reader is cut off that left data unread.
        }

        // Complete events only, as a client counts them; the framing of the chunks does not matter to the ids.
        var ids = new List<long>();
        foreach (var block in Encoding.UTF8.GetString(text.ToArray()).Split("\n\n")[..^1])
        {
            var at = block.IndexOf("id: ", StringComparison.Ordinal);
            if (at >= 0 && block.Contains("event: ", StringComparison.Ordinal)) ids.Add(Number(block[(at + 4)..block.IndexOf('\n', at)]));
        }

        return ids;
    }

    private static async Task<long> AppendAsync(WebNode node, Guid tenant, int writer, int count = 1, string? text = null)
    {
        await using var change = await node.Database.BeginAsync(Caller.System(tenant), CancellationToken.None);
        for (var i = 0; i < count; i++)
        {
            if (text is null) change.Raise("test", new TestHappened(writer, writer));
            else change.Raise(new("test.happened", "test", JsonSerializer.Serialize(new { text })));
        }

        await change.CommitAsync(CancellationToken.None);
        return change.LastSequence;
    }

    private static Task<HttpResponseMessage> PostAsync(WebNode node, string body) =>
        node.Client.PostAsync("/api/llm/broadcast-update", new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> BroadcastAsync(WebNode node, string topic)
    {
        using var answer = await PostAsync(node, $$"""{"topic":"{{topic}}","payload":[1]}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
