using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;

namespace Switchyard.Platform.Tests.EventLog;

public sealed class EventRetentionTests(EventDatabase database) : IClassFixture<EventDatabase>
{
    [Fact]
    public async Task A_writer_that_has_read_the_log_is_not_the_one_who_fails_when_partitions_change()
    {
        await using var node = await WebNode.StartAsync(database.ConnectionString);
        await using (var connection = await database.Source.OpenConnectionAsync())
        {
            // The month after next is the one that upkeep has to make.
            foreach (var partition in await connection.QueryAsync<string>(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'platform.events'::regclass and inhrelid::regclass::text ~ '[0-9]{6}$'"))
                await connection.ExecuteAsync($"drop table {partition}");
        }

        await using var change = await node.Database.BeginAsync(Caller.System(Tenants.Default), CancellationToken.None);
        await change.Connection.ExecuteScalarAsync<long>("select coalesce(max(sequence), 0) from platform.events", transaction: change.Transaction);
        var upkeep = new EventRetention(node.Database, new ConfigurationBuilder().Build(), TimeProvider.System, NullLogger<EventRetention>.Instance).RunAsync(CancellationToken.None);
        await Eventually.IsTrue(WaitsAsync, "upkeep waits for the writer");

        change.Raise("test", new TestHappened(1, 1));
        await change.CommitAsync(CancellationToken.None);

        await upkeep;
        await using var look = await database.Source.OpenConnectionAsync();
        (await look.ExecuteScalarAsync<int>("select count(*) from pg_inherits where inhparent = 'platform.events'::regclass")).ShouldBe(4, "three months and the default");
    }

    private async Task<bool> WaitsAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool>("select exists (select from pg_locks where not granted and mode = 'AccessExclusiveLock')");
    }
}
