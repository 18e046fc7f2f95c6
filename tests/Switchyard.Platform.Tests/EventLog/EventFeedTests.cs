using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;

namespace Switchyard.Platform.Tests.EventLog;

public sealed class EventFeedTests(EventDatabase database) : IClassFixture<EventDatabase>
{
    [Fact]
    public async Task A_committed_event_reaches_subscribers_on_every_node_in_order()
    {
        await using var here = await database.StartNodeAsync();
        await using var there = await database.StartNodeAsync();
        var seen = new ConcurrentQueue<StoredEvent>();
        using var subscription = there.Feed.Subscribe(["test.happened"], Into(seen));

        var last = await here.AppendAsync(new TestHappened(1, 1), new TestHappened(1, 2), new TestHappened(1, 3));

        await Eventually.IsTrue(() => seen.Count == 3, "three events on the other node");
        seen.Select(e => e.Sequence).ShouldBe([last - 2, last - 1, last]);
        seen.Select(e => JsonSerializer.Deserialize<TestHappened>(e.Payload, PendingEvent.Json)!.Number).ShouldBe([1, 2, 3]);
        seen.ShouldAllBe(e => e.TenantId == Tenants.Default && e.Actor == "system" && e.Subject == "test");
    }

    [Fact]
    public async Task Another_node_is_woken_by_the_notification_and_not_by_its_polling()
    {
        // A clock that never moves: the polling interval never ends.
        await using var here = await database.StartNodeAsync();
        await using var there = await database.StartNodeAsync(b => b.Services.AddSingleton<TimeProvider>(new VirtualClock()));
        var seen = new ConcurrentQueue<StoredEvent>();
        using var subscription = there.Feed.Subscribe([], Into(seen));
        await Eventually.IsTrue(
            async () => await ListenersAsync() >= 2, "both nodes listen");

        for (var i = 1; i <= 5; i++)
        {
            await here.AppendAsync(new TestHappened(1, i));
            await Eventually.IsTrue(() => seen.Count == i, $"event {i} came by notification");
        }
    }

    [Fact]
    public async Task A_rolled_back_change_is_never_seen()
    {
        await using var node = await database.StartNodeAsync();
        var seen = new ConcurrentQueue<StoredEvent>();
        using var subscription = node.Feed.Subscribe([], Into(seen));

        await using (var change = await node.Database.BeginAsync(Caller.System(Tenants.Default), CancellationToken.None))
        {
            change.Raise("lost", new TestHappened(9, 9));
        }

        var kept = await node.AppendAsync(new TestHappened(1, 1));
        await Eventually.IsTrue(() => !seen.IsEmpty, "the committed event came");
        seen.ShouldHaveSingleItem().Sequence.ShouldBe(kept);
    }

    [Fact]
    public async Task A_subscriber_that_falls_far_behind_still_gets_every_event_once_and_in_order()
    {
        await using var node = await database.StartNodeAsync();
        var seen = new ConcurrentQueue<long>();
        var go = new TaskCompletionSource();
        using var slow = node.Feed.Subscribe(["test.*"], async (e, _) =>
        {
            await go.Task;
            seen.Enqueue(e.Sequence);
        });
        var expected = new List<long>();
        for (var i = 0; i < 30; i++)
        {
            var last = await node.AppendAsync([.. Enumerable.Range(0, 100).Select(n => new TestHappened(i, n))]);
            expected.AddRange(Enumerable.Range(0, 100).Select(n => last - 99 + n));
        }

        await Eventually.IsTrue(() => node.Feed.Position == expected[^1], "the feed is not held up by the slow subscriber");
        go.SetResult();
        expected.Add(await node.AppendAsync(new TestHappened(1, 1)));

        await Eventually.IsTrue(() => seen.Count >= expected.Count, "the slow subscriber caught up");
        seen.ShouldBe(expected);
    }

    [Fact]
    public async Task A_handler_that_fails_once_is_called_again_with_the_same_event()
    {
        await using var node = await database.StartNodeAsync();
        var calls = 0;
        var handled = new ConcurrentQueue<long>();
        using var subscription = node.Feed.Subscribe([], (e, _) =>
        {
            if (Interlocked.Increment(ref calls) == 1) throw new InvalidOperationException("once");
            handled.Enqueue(e.Sequence);
            return ValueTask.CompletedTask;
        });

        var last = await node.AppendAsync(new TestHappened(1, 1));

        await Eventually.IsTrue(() => !handled.IsEmpty, "the event was handled at the second attempt");
        handled.ShouldBe([last]);
    }

    [Fact]
    public async Task Following_goes_on_after_every_connection_was_killed()
    {
        await using var here = await database.StartNodeAsync();
        await using var there = await database.StartNodeAsync();
        var seen = new ConcurrentQueue<long>();
        using var subscription = there.Feed.Subscribe([], (e, _) =>
        {
            seen.Enqueue(e.Sequence);
            return ValueTask.CompletedTask;
        });
        var expected = new List<long> { await here.AppendAsync(new TestHappened(1, 1)) };
        await Eventually.IsTrue(() => seen.Count == 1, "the first event");

        await using (var admin = new Npgsql.NpgsqlConnection(database.ConnectionString + ";Pooling=false"))
        {
            await admin.ExecuteAsync("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """);
        }

        for (var i = 0; i < 3; i++)
        {
            await Eventually.Pass(async () => expected.Add(await here.AppendAsync(new TestHappened(1, i))));
        }

        await Eventually.IsTrue(() => seen.Count == expected.Count, "all events after the cut");
        seen.ShouldBe(expected);
    }

    private static Func<StoredEvent, CancellationToken, ValueTask> Into(ConcurrentQueue<StoredEvent> seen) => (e, _) =>
    {
        seen.Enqueue(e);
        return ValueTask.CompletedTask;
    };

    private async Task<int> ListenersAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from pg_stat_activity where datname = current_database() and query like 'listen %'");
    }
}
