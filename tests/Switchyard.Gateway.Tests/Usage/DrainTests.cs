using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Pipeline.Attempts;
using Switchyard.Gateway.Usage;
using Switchyard.Gateway.Usage.Drain;
using Switchyard.Gateway.Usage.Journal;
using Switchyard.Gateway.Usage.RequestLog;
using Switchyard.Gateway.Usage.Statistics;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Gateway.Tests.Usage;

[Trait("Database", "Both")]
public sealed class DrainTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>, IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("switchyard-journal-").FullName;

    public async ValueTask InitializeAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("truncate gateway.usage, gateway.usage_hourly, gateway.open_calls, gateway.journal_positions");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task P09_statistics_equal_the_sum_over_the_records() => Task.Factory.StartNew(
        () => Prop.ForAll(UsageRecords.Any.NonEmptyListOf().ToArbitrary(), records => StatisticsEqualAsync([.. records.Select(Closed)]).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure),
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task StatisticsEqualAsync(List<UsageRecord> records)
    {
        await InitializeAsync();
        Directory.Delete(_directory, recursive: true);
        using (var journal = Open())
        {
            Write(journal, records);
            await DrainAsync(journal);
        }

        var (from, to) = (records.Min(r => r.At).AddDays(-1), records.Max(r => r.At).AddDays(1));
        foreach (var grouping in StatisticsStore.Groupings)
        {
            var rows = await new StatisticsStore(database.Source).SumAsync(Tenants.Default, from, to, grouping, null, CancellationToken.None);
            var totals = rows[0];
            totals.Requests.ShouldBe(records.Count);
            totals.Succeeded.ShouldBe(records.Count(r => r.Status == CallStatus.Succeeded));
            totals.Failed.ShouldBe(records.Count(r => r.Status == CallStatus.Failed));
            totals.Aborted.ShouldBe(records.Count(r => r.Status == CallStatus.Aborted));
            totals.Input.ShouldBe(records.Sum(r => (long)(r.Tokens?.Input ?? 0)));
            totals.Output.ShouldBe(records.Sum(r => (long)(r.Tokens?.Output ?? 0)));
            totals.Cost.ShouldBe(records.Sum(r => r.Cost?.Amount ?? 0));
            totals.Unpriced.ShouldBe(records.Count(r => r.Cost is null));
            totals.Rescued.ShouldBe(records.Count(r => r.Status == CallStatus.Succeeded && r.Attempts.Count > 1));
            totals.Latency.Sum().ShouldBe(records.Count(r => r.Status == CallStatus.Succeeded));
            rows.Skip(1).Sum(r => r.Requests).ShouldBe(records.Count);
            rows.Skip(1).Sum(r => r.Cost).ShouldBe(totals.Cost);
        }

        var byProvider = await new StatisticsStore(database.Source).SumAsync(Tenants.Default, from, to, "provider", null, CancellationToken.None);
        foreach (var row in byProvider.Skip(1)) row.Requests.ShouldBe(records.Count(r => r.Provider == row.Key));
        var one = byProvider.Skip(1).First(r => r.Key != "");
        var alone = await new StatisticsStore(database.Source).SumAsync(Tenants.Default, from, to, "hour", one.Key, CancellationToken.None);
        alone[0].Requests.ShouldBe(one.Requests);
    }

    [Fact]
    public async Task The_log_lists_the_rescued_calls_that_the_figure_counts()
    {
        var records = Settled(200);
        using (var journal = Open())
        {
            Write(journal, records);
            await DrainAsync(journal);
        }

        var filter = new RequestFilter(null, null, null, null, null, null, null, null, Rescued: true, null, null, 1000);
        var listed = await new RequestLogStore(database.Source).ListAsync(Tenants.Default, filter, CancellationToken.None);
        var rescued = records.Where(r => r.Status == CallStatus.Succeeded && r.Attempts.Count > 1).Select(r => r.Id).ToList();
        rescued.ShouldNotBeEmpty();
        listed.Select(r => r.Id).ShouldBe(rescued, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_amount_of_money_arrives_exactly()
    {
        decimal[] amounts = [0m, 0.0006m, 1m, 10_000m, 99_999.9999m, 0.000000001m, 123456789.987654321m, 0.00001m, 10000.0001m, 7_9228_1625_1426_4337m, 1.10m];
        var records = Settled(amounts.Length).Select((r, i) => r with { Cost = new CallCost(amounts[i], "USD", Guid.CreateVersion7()), Id = Guid.CreateVersion7(), User = "nul\0" }).ToList();
        using var journal = Open();
        Write(journal, records);
        await DrainAsync(journal);
        await using var connection = await database.Source.OpenConnectionAsync();
        foreach (var record in records)
        {
            var row = await connection.QuerySingleAsync<(decimal Cost, string Text, DateTime At, string User)>("select cost, cost::text, at, end_user from gateway.usage where id = @Id", new { record.Id });
            row.Cost.ShouldBe(record.Cost!.Amount);
            decimal.Parse(row.Text, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(record.Cost.Amount);
            row.At.ShouldBe(record.At.UtcDateTime);
            row.User.ShouldBe("nul");
        }
    }

    [Theory]
    [InlineData("a\0b", "a\ufffdb")]
    [InlineData("\\\0\0", "\\\ufffd\ufffd")]
    [InlineData(@"a\u0000b\", @"a\u0000b\")]
    public async Task No_text_of_a_provider_holds_up_the_records_behind_it(string said, string kept)
    {
        var attempt = new AttemptView("main", "gpt-5", DateTimeOffset.UnixEpoch, 1, 200, "server", said, "busy", null);
        var record = Settled(1)[0] with { Attempts = [attempt] };
        using var journal = Open();
        Write(journal, [record]);
        await DrainAsync(journal);
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<string>("select attempts->0->>'code' from gateway.usage where id = @Id", new { record.Id })).ShouldBe(kept);
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_the_drain_is_killed_at_any_point()
    {
        var records = Settled(300);
        using (var journal = Open()) Write(journal, records);
        var random = new Random(4711);
        for (var round = 0; round < 40; round++)
        {
            using var journal = Open();
            using var kill = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 25)));
            try
            {
                var drain = Drain(journal);
                while (await drain.DrainOnceAsync(kill.Token))
                {
                }
            }
            catch (Exception e) when (e is OperationCanceledException or NpgsqlException or DrainConflictException)
            {
                // The kill this test is about; the server may still be committing what the last one had sent.
            }
        }

        using (var journal = Open()) await DrainAsync(journal);
        await AssertRowsAsync(records.Select(r => r.Id));
    }

    [Fact]
    public async Task A_drain_that_lost_the_race_does_not_double_the_rows()
    {
        var records = Settled(50);
        using var journal = Open();
        Write(journal, records);
        var store = new UsageStore(database.Source, TimeProvider.System);
        var (batch, next) = new JournalReader(_directory).Read(JournalPosition.Beginning, journal.Synced, 1000);
        await store.ApplyAsync(journal.Node, batch, JournalPosition.Beginning, next, null, CancellationToken.None);

        await Should.ThrowAsync<DrainConflictException>(() => store.ApplyAsync(journal.Node, batch, JournalPosition.Beginning, next, null, CancellationToken.None));

        await AssertRowsAsync(records.Select(r => r.Id));
    }

    [Fact]
    public async Task Calls_of_a_dead_process_become_unknown_and_those_of_this_one_stay_open()
    {
        var dead = Settled(20);
        using (var journal = Open())
        {
            foreach (var record in dead) journal.TryBegin(record with { Status = CallStatus.Open }, first: true).ShouldBeTrue();
            foreach (var record in dead.Take(12)) journal.Settle(record);
            await DrainAsync(journal);
            (await CountAsync("gateway.open_calls")).ShouldBe(8);
        }

        using var next = Open();
        var running = Settled(1)[0];
        next.TryBegin(running with { Status = CallStatus.Open }, first: true).ShouldBeTrue();
        await DrainAsync(next);

        await AssertRowsAsync(dead.Select(r => r.Id));
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.QueryAsync<Guid>("select id from gateway.usage where status = 'unknown'")).ShouldBe(dead.Skip(12).Select(r => r.Id), ignoreOrder: true);
        (await connection.QueryAsync<Guid>("select id from gateway.open_calls")).ShouldBe([running.Id]);
        next.Settle(running);
        await DrainAsync(next);
        (await CountAsync("gateway.open_calls")).ShouldBe(0);
        (await connection.QuerySingleAsync<string>("select status from gateway.usage where id = @Id", new { running.Id })).ShouldNotBe("unknown");
    }

    [Fact]
    public async Task Calls_of_a_node_that_is_gone_become_unknown_and_its_settlement_replaces_them_when_it_comes_back()
    {
        var records = Settled(20);
        using (var journal = Open())
        {
            foreach (var record in records) journal.TryBegin(record with { Status = CallStatus.Open }, first: true).ShouldBeTrue();
            await DrainAsync(journal);
            var clock = new VirtualClock(records.Min(r => r.At));
            var lost = new LostCalls(new UsageStore(database.Source, clock), clock, NullLogger<LostCalls>.Instance);
            await lost.RunAsync(CancellationToken.None);
            (await CountAsync("gateway.usage")).ShouldBe(0, "a call may still be on its way");

            clock.Advance(records.Max(r => r.At) - clock.GetUtcNow() + LostCalls.After + TimeSpan.FromSeconds(1));
            await Task.WhenAll(lost.RunAsync(CancellationToken.None), lost.RunAsync(CancellationToken.None));
            await AssertRowsAsync(records.Select(r => r.Id));
            (await CountAsync("gateway.usage where status = 'unknown' and error_code = 'node_lost'")).ShouldBe(20);

            foreach (var record in records.Take(15))
            {
                journal.TryBegin(record with { Status = CallStatus.Open, Provider = "another" }, first: false).ShouldBeTrue();
                journal.Settle(record);
            }

            await DrainAsync(journal);
            await AssertRowsAsync(records.Select(r => r.Id));
            (await CountAsync("gateway.usage where status = 'unknown'")).ShouldBe(5);
            await using (var connection = await database.Source.OpenConnectionAsync())
                (await connection.QuerySingleAsync<(long Unknown, long Unpriced)>("select sum(unknown)::bigint, sum(unpriced)::bigint from gateway.usage_hourly"))
                    .ShouldBe((5, await CountAsync("gateway.usage where cost is null and provider is not null")));
        }

        using var next = Open();
        await DrainAsync(next);
        await AssertRowsAsync(records.Select(r => r.Id));
        (await CountAsync("gateway.open_calls")).ShouldBe(0);
    }

    [Fact]
    public async Task Drained_segments_are_deleted_and_no_other()
    {
        using var journal = Open(segmentBytes: 64 * 1024);
        foreach (var record in Settled(1000))
        {
            while (!journal.TryBegin(record, first: false)) journal.Sync();
        }

        journal.Sync();
        JournalSegment.In(_directory).Count.ShouldBeGreaterThan(3);
        await DrainAsync(journal);
        JournalSegment.In(_directory).ShouldAllBe(number => number >= journal.Synced.Segment);
        (await CountAsync("gateway.usage")).ShouldBe(1000);
    }

    private static List<UsageRecord> Settled(int count) =>
        [.. UsageRecords.Any.Sample(count).Select(Closed)];

    private static UsageRecord Closed(UsageRecord record) => record.Status == CallStatus.Open ? record with { Status = CallStatus.Succeeded } : record;

    private static void Write(UsageJournal journal, IEnumerable<UsageRecord> records)
    {
        foreach (var record in records)
        {
            journal.TryBegin(record with { Status = CallStatus.Open }, first: true).ShouldBeTrue();
            journal.Settle(record);
        }

        journal.Sync();
    }

    private UsageJournal Open(int segmentBytes = 1 << 20) =>
        new(_directory, new JournalOptions { SegmentBytes = segmentBytes, SyncEvery = TimeSpan.FromMilliseconds(5) }, NullLogger<UsageJournal>.Instance);

    private UsageDrain Drain(UsageJournal journal)
    {
        var signal = new NoSignal();
        var notices = new SettledNotices(new Database(database.Source, signal, TimeProvider.System), journal, TimeProvider.System, NullLogger<SettledNotices>.Instance);
        return new UsageDrain(journal, new UsageStore(database.Source, TimeProvider.System), notices, TimeProvider.System, NullLogger<UsageDrain>.Instance);
    }

    private async Task DrainAsync(UsageJournal journal)
    {
        journal.Sync();
        var drain = Drain(journal);
        while (await drain.DrainOnceAsync(CancellationToken.None))
        {
        }
    }

    private async Task AssertRowsAsync(IEnumerable<Guid> expected)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var rows = (await connection.QueryAsync<Guid>("select id from gateway.usage")).ToList();
        rows.Order().ShouldBe(expected.Order());
        (await connection.QuerySingleAsync<long>("select coalesce(sum(requests), 0)::bigint from gateway.usage_hourly")).ShouldBe(rows.Count);
    }

    private async Task<long> CountAsync(string table)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>($"select count(*) from {table}");
    }

    private sealed class NoSignal : IEventSignal
    {
        public void Appended()
        {
        }
    }
}
