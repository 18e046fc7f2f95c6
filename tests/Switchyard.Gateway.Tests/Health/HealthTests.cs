using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Health;
using Switchyard.Platform.Storage.Postgres;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Health;

public sealed class HealthTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private GatewayHost _host = null!;
    private MockProviders _mock = null!;

    public async ValueTask InitializeAsync()
    {
        _mock = await MockProviders.StartAsync();
        _host = await GatewayHost.StartAsync(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _mock.DisposeAsync();
    }

    [Fact]
    public async Task P15_the_stored_status_equals_the_hysteresis_model_with_one_alert_per_change()
    {
        var tenant = await _host.NewTenantAsync();
        Invariant.Holds(ArbMap.Default.GeneratorFor<bool>().ArrayOf().Where(probes => probes.Length is > 0 and < 20), async probes =>
        {
            var provider = await ProviderAsync(tenant);
            (await _host.Get<HealthStore>().ClaimAsync(provider, TimeSpan.FromSeconds(60), default)).ShouldBeNull();
            var changes = 0;
            var status = "unknown";
            foreach (var ok in probes)
            {
                await _host.Get<HealthStore>().SaveAsync(provider, new ProbeResult(ok ? null : "no", 5), default);
                var now = (await _host.Get<HealthStore>().ListAsync(tenant.TenantId, default))[provider.Id].Status;
                if (now != status) changes++;
                status = now;
            }

            status.ShouldBe(Model(probes));
            (await _host.ScalarAsync<long>("select count(*) from platform.events where subject = @id and type = 'gateway.provider-health-changed'", new { id = provider.Id.ToString() })).ShouldBe(changes);
            (await _host.ScalarAsync<long>("select count(*) from gateway.provider_health where provider_id = @Id", new { provider.Id })).ShouldBe(1);
        }, cases: 100);
    }

    [Fact]
    public async Task Of_many_nodes_one_gets_the_probe_of_an_interval()
    {
        var provider = await ProviderAsync(await _host.NewTenantAsync());

        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _host.Get<HealthStore>().ClaimAsync(provider, TimeSpan.FromSeconds(60), default)));

        claims.Count(later => later is null).ShouldBe(1);
        claims.Where(later => later is not null).ShouldAllBe(later => later > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_node_whose_clock_is_behind_does_not_probe_again_and_a_clock_set_back_stops_no_probe()
    {
        var provider = await ProviderAsync(await _host.NewTenantAsync());
        var now = TimeProvider.System.GetUtcNow();

        (await ClaimAtAsync(now)).ShouldBeNull();
        (await ClaimAtAsync(now.AddSeconds(-5))).ShouldNotBeNull();
        (await ClaimAtAsync(now.AddMilliseconds(-1))).ShouldNotBeNull();
        (await ClaimAtAsync(now.AddHours(-2))).ShouldBeNull();
        (await ClaimAtAsync(now.AddHours(-2).AddSeconds(60))).ShouldBeNull();

        Task<DateTimeOffset?> ClaimAtAsync(DateTimeOffset at) =>
            new HealthStore(_host.Get<Database>(), new VirtualClock(at)).ClaimAsync(provider, TimeSpan.FromSeconds(60), default);
    }

    [Fact]
    public async Task A_provider_is_probed_soon_after_it_was_made_and_shown_healthy()
    {
        await _host.SendAsync(HttpMethod.Post, "/admin/config/llm", new { name = "probed", kind = "openai-compatible", mode = "local", endpoint = _mock.OpenAi, models = new[] { "ok" } });

        await Eventually.Pass(async () =>
        {
            var (_, list) = await _host.SendAsync(HttpMethod.Get, "/api/v1/llm/providers");
            var item = list!.Value.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("name").GetString() == "probed");
            item.GetProperty("health").GetProperty("status").GetString().ShouldBe("healthy");
        });
        var (status, health) = await _host.SendAsync(HttpMethod.Get, "/api/v1/llm/health");
        status.ShouldBe(200);
        health!.Value.GetProperty("databaseReachable").GetBoolean().ShouldBeTrue();
        health.Value.GetProperty("providers").EnumerateArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_probe_of_a_silent_or_refusing_server_says_why_without_the_key()
    {
        var dead = await ProviderAsync(await _host.NewTenantAsync(), "http://127.0.0.1:9");
        var result = await _host.Get<ProviderProbe>().ProbeAsync(dead with { ApiKey = "sk-planted-0123456789abcd" }, default);

        result.Ok.ShouldBeFalse();
        result.Error!.ShouldNotContain("planted");
    }

    // The same rules, said the other way round: by looking back over the whole sequence.
    private static string Model(bool[] probes)
    {
        var status = probes[0] ? "healthy" : "degraded";
        for (var i = 1; i < probes.Length; i++)
        {
            var run = 0;
            while (run <= i && probes[i - run] == probes[i]) run++;
            status = (probes[i], status) switch
            {
                (true, "healthy") => "healthy",
                (true, _) => run >= 2 ? "healthy" : "degraded",
                (false, "healthy") => run >= 2 ? "degraded" : "healthy",
                (false, var bad) => run >= 3 ? "down" : bad,
            };
        }

        return status;
    }

    private async Task<Gateway.Providers.Provider> ProviderAsync(Platform.Access.Caller tenant, string? endpoint = null)
    {
        var form = new ProviderForm { Name = $"p-{Guid.CreateVersion7():n}", Kind = "openai-compatible", Mode = "local", Endpoint = endpoint ?? _mock.OpenAi.ToString(), Models = ["ok"], Enabled = false };
        var row = (await _host.Get<ProviderEditor>().CreateAsync(tenant, form, "console", default)).Value;
        return _host.Get<SnapshotBuilder>().Build([row], [], []).Providers[0];
    }
}
