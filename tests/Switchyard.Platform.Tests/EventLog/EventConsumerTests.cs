using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Tests.EventLog;

public sealed class EventConsumerTests(EventDatabase database) : IClassFixture<EventDatabase>, IAsyncLifetime
{
    private readonly Faults _faults = new();

    public async ValueTask InitializeAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            create table if not exists public.applied (id bigserial primary key, tenant uuid not null, sequence bigint not null);
            truncate public.applied;
            delete from platform.event_consumers
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Each_event_is_applied_once_and_in_order_on_two_nodes_under_failures_before_and_after_the_effects()
    {
        var random = new Random(5);
        _faults.Before = () => { lock (random) return random.Next(4) == 0; };
        _faults.After = () => { lock (random) return random.Next(4) == 0; };
        await using var a = await StartNodeAsync();
        await using var b = await StartNodeAsync();
        var start = await a.Log.HeadAsync(CancellationToken.None);
        for (var i = 0; i < 40; i++) await (i % 2 == 0 ? a : b).AppendAsync(new TestHappened(1, i), new TestHappened(2, i));
        var expected = (await a.Log.ReadAsync(start, 1000, CancellationToken.None)).Select(e => e.Sequence).ToList();

        await Eventually.IsTrue(async () => (await AppliedAsync()).Count(s => s > start) >= expected.Count, "all are applied", TimeSpan.FromSeconds(60));

        (await AppliedAsync()).Where(s => s > start).ShouldBe(expected);
        _faults.Thrown.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_failing_batch_is_tried_again_with_its_error_and_lag_in_sight()
    {
        _faults.Before = () => true;
        await using var node = await StartNodeAsync();
        var last = await node.AppendAsync(new TestHappened(1, 1));
        var positions = node.Services.GetRequiredService<ConsumerPositions>();

        await Eventually.Pass(async () =>
        {
            var status = (await positions.ListAsync(CancellationToken.None)).Single(c => c.Name == "test.applied");
            status.Failures.ShouldBeGreaterThanOrEqualTo(2);
            status.LastError!.ShouldContain("before");
            status.Lag.ShouldBeGreaterThan(0);
            status.Position.ShouldBeLessThan(last);
        });

        _faults.Before = () => false;
        await Eventually.Pass(
            async () =>
            {
                var status = (await positions.ListAsync(CancellationToken.None)).Single(c => c.Name == "test.applied");
                (status.Position, status.Lag, status.Failures, status.LastError).ShouldBe((last, 0, 0, null));
            },
            TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_effects_of_a_batch_belong_to_the_tenant_of_its_events()
    {
        await using var node = await StartNodeAsync();
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await node.AppendAsync(one, new TestHappened(1, 1));
        await node.AppendAsync(two, new TestHappened(1, 2));
        var last = await node.AppendAsync(one, new TestHappened(1, 3));

        await Eventually.IsTrue(async () => (await AppliedAsync()).Contains(last), "all are applied");
        _faults.Batches.Where(b => b[0].TenantId == one || b[0].TenantId == two).ShouldAllBe(b => b.All(e => e.TenantId == b[0].TenantId));
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.QueryAsync<Guid>("select tenant from public.applied where tenant in (@one, @two) order by sequence", new { one, two }))
            .ShouldBe([one, two, one]);
    }

    [Fact]
    public async Task A_consumer_whose_node_lost_its_connections_is_taken_over_without_a_gap()
    {
        await using var a = await StartNodeAsync();
        await using var b = await StartNodeAsync();
        var start = await a.Log.HeadAsync(CancellationToken.None);
        for (var round = 0; round < 5; round++)
        {
            await Eventually.Pass(async () => await a.AppendAsync(new TestHappened(round, 1)));
            await using var connection = await database.Source.OpenConnectionAsync();
            await connection.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'switchyard'");
        }

        var expected = (await EventuallyReadAsync(a, start)).Select(e => e.Sequence).ToList();
        await Eventually.IsTrue(async () => (await AppliedAsync()).Count(s => s > start) >= expected.Count, "all are applied", TimeSpan.FromSeconds(30));
        (await AppliedAsync()).Where(s => s > start).ShouldBe(expected);
    }

    private Task<TestNode> StartNodeAsync() => database.StartNodeAsync(builder =>
    {
        builder.Services.AddSingleton(_faults);
        builder.Services.AddEventConsumer<Applier>();
    });

    private static async Task<List<StoredEvent>> EventuallyReadAsync(TestNode node, long start)
    {
        List<StoredEvent> events = [];
        await Eventually.Pass(async () => events = await node.Log.ReadAsync(start, 1000, CancellationToken.None));
        return events;
    }

    private async Task<List<long>> AppliedAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<long>("select sequence from public.applied order by id")).AsList();
    }

    public sealed class Faults
    {
        private int _thrown;

        public Func<bool> Before { get; set; } = () => false;

        public Func<bool> After { get; set; } = () => false;

        public ConcurrentQueue<IReadOnlyList<StoredEvent>> Batches { get; } = new();

        public int Thrown => _thrown;

        public void Throw(string when)
        {
            Interlocked.Increment(ref _thrown);
            throw new InvalidOperationException($"planted {when} the effects");
        }
    }

    private sealed class Applier(Faults faults) : IEventConsumer
    {
        public string Name => "test.applied";

        public IReadOnlyCollection<string> Types => ["test.happened"];

        public async Task HandleAsync(IReadOnlyList<StoredEvent> batch, Change change, CancellationToken cancel)
        {
            if (faults.Before()) faults.Throw("before");
            foreach (var e in batch)
            {
                await change.Connection.ExecuteAsync(
                    "insert into public.applied (tenant, sequence) values (@tenant, @sequence)",
                    new { tenant = change.Caller.TenantId, sequence = e.Sequence },
                    change.Transaction);
            }

            faults.Batches.Enqueue(batch);
            if (faults.After()) faults.Throw("after");
        }
    }
}
