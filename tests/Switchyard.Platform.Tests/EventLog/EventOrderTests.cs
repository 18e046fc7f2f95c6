using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;

namespace Switchyard.Platform.Tests.EventLog;

[Trait("Database", "Both")]
public sealed class EventOrderTests(EventDatabase database) : IClassFixture<EventDatabase>
{
    [Fact]
    public async Task Under_racing_writers_with_delays_and_rollbacks_no_reader_misses_an_event_or_sees_one_out_of_order()
    {
        const int Writers = 12;
        const int Changes = 60;
        await using var a = await database.StartNodeAsync();
        await using var b = await database.StartNodeAsync();
        // Widens the moment between drawing a number and committing it, in which a reader could pass a lower number.
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("""
                create function public.dawdle() returns trigger language plpgsql as $$
                begin perform pg_sleep(random() * 0.004); return null; end $$;
                create trigger dawdle after insert on platform.events for each statement execute function public.dawdle()
                """);
        }

        var (seenA, seenB) = (new ConcurrentQueue<StoredEvent>(), new ConcurrentQueue<StoredEvent>());
        using var onA = a.Feed.Subscribe([], Into(seenA));
        using var onB = b.Feed.Subscribe([], Into(seenB));
        var committed = new ConcurrentBag<(int Writer, int Number)>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var random = new Random(writer);
            var node = writer % 2 == 0 ? a : b;
            for (var i = 0; i < Changes; i++)
            {
                await using var change = await node.Database.BeginAsync(Caller.System(Tenants.Default), CancellationToken.None);
                var numbers = Enumerable.Range(0, random.Next(1, 5)).Select(n => (i * 10) + n).ToList();
                foreach (var n in numbers) change.Raise("test", new TestHappened(writer, n));
                await change.Connection.ExecuteAsync("select pg_sleep(@s)", new { s = random.Next(0, 8) / 1000.0 }, change.Transaction);
                if (random.Next(5) == 0) continue;
                if (random.Next(8) == 0)
                {
                    // Draws its numbers and then fails: they stay missing for ever and nobody waits for them.
                    await Should.ThrowAsync<Npgsql.PostgresException>(async () =>
                    {
                        change.Raise(new PendingEvent("test.broken", "test", "{not json"));
                        await change.CommitAsync(CancellationToken.None);
                    });
                    continue;
                }

                await change.CommitAsync(CancellationToken.None);
                foreach (var n in numbers) committed.Add((writer, n));
            }
        }));

        await Eventually.IsTrue(() => seenA.Count >= committed.Count && seenB.Count >= committed.Count, "both nodes saw everything");
        foreach (var seen in new[] { seenA, seenB })
        {
            var sequences = seen.Select(e => e.Sequence).ToList();
            sequences.ShouldBe(sequences.Order().Distinct());
            var facts = seen.Select(e => JsonSerializer.Deserialize<TestHappened>(e.Payload, PendingEvent.Json)!).ToList();
            facts.Select(f => (f.Writer, f.Number)).Order().ShouldBe(committed.Order());

            // What one writer did in order is read in order.
            foreach (var own in facts.GroupBy(f => f.Writer)) own.Select(f => f.Number).ShouldBe(own.Select(f => f.Number).Order());
        }

        seenA.Select(e => e.Sequence).ShouldBe(seenB.Select(e => e.Sequence));
        await using var cleanUp = await database.Source.OpenConnectionAsync();
        await cleanUp.ExecuteAsync("drop function public.dawdle() cascade");
    }

    [Fact]
    public async Task Events_that_came_before_their_month_had_a_partition_move_into_it_and_keep_their_place()
    {
        await using var node = await database.StartNodeAsync();
        await using var connection = await database.Source.OpenConnectionAsync();
        var before = await node.AppendAsync(new TestHappened(1, 1));
        await connection.ExecuteAsync("""
            insert into platform.events (tenant_id, type, subject, actor, at, payload)
            values ('00000000-0000-7000-8000-000000000001', 'test.future', '', '', '2031-05-06', '{}')
            """);
        var after = await node.AppendAsync(new TestHappened(1, 2));

        (await connection.ExecuteScalarAsync<bool>("select platform.ensure_events_partition('2031-05-01')")).ShouldBeTrue();
        (await connection.ExecuteScalarAsync<bool>("select platform.ensure_events_partition('2031-05-31')")).ShouldBeFalse();

        (await connection.ExecuteScalarAsync<int>("select count(*)::int from platform.events_203105")).ShouldBe(1);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from only platform.events_default")).ShouldBe(0);
        (await node.Log.ReadAsync(before - 1, 10, CancellationToken.None)).Select(e => e.Type)
            .ShouldBe(["test.happened", "test.future", "test.happened"]);
        after.ShouldBe(before + 2);
    }

    private static Func<StoredEvent, CancellationToken, ValueTask> Into(ConcurrentQueue<StoredEvent> seen) => (e, _) =>
    {
        seen.Enqueue(e);
        return ValueTask.CompletedTask;
    };
}
