using Dapper;
using Switchyard.Platform.Access;

namespace Switchyard.Platform.Tests.EventLog;

public sealed class EventExpiryTests(EventDatabase database) : IClassFixture<EventDatabase>
{
    [Fact]
    public async Task A_listener_whose_place_is_past_its_retention_is_told_so_and_goes_on_with_what_there_is()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        var first = await AppendAsync(node);
        var last = await AppendAsync(node);
        var kept = await AppendAsync(node);
        await ExpireAsync(last);

        using var behind = await node.ListenAsync(lastEventId: first);
        var events = await SseReader.TakeAsync(await behind.Content.ReadAsStreamAsync(), 2);
        events[0].Event.ShouldBe("stream.expired");
        events[0].Data!.ShouldContain("retention");
        events[1].Id.ShouldBe($"{kept}");

        // Whoever has seen all that is gone missed nothing, and hears nothing of it.
        using var current = await node.ListenAsync(lastEventId: last, caller: Guid.CreateVersion7());
        (await SseReader.TakeAsync(await current.Content.ReadAsStreamAsync(), 1))[0].Id.ShouldBe($"{kept}");
    }

    /// <summary>Lets everything up to <paramref name="last"/> be of a month that is long over, and has retention drop that month.</summary>
    private async Task ExpireAsync(long last)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("select platform.ensure_events_partition(now() - interval '20 months')");
        await connection.ExecuteAsync("update platform.events set at = at - interval '20 months' where sequence <= @last", new { last });
        (await connection.QueryAsync<string>("select * from platform.drop_events_partitions(now() - interval '12 months')")).ShouldHaveSingleItem();
    }

    private static async Task<long> AppendAsync(WebNode node)
    {
        await using (var change = await node.Database.BeginAsync(Caller.System(Tenants.Default), CancellationToken.None))
        {
            change.Raise("test", new TestHappened(1, 1));
            await change.CommitAsync(CancellationToken.None);
        }

        return await node.Log.HeadAsync(CancellationToken.None);
    }
}
