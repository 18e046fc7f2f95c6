using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Configuration;

public sealed class ActiveProviderTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync(database.ConnectionString);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private enum Candidate
    {
        Valid,
        Disabled,
        Failing,
        Unknown,
        NoKey,
        OtherTenant,
    }

    [Fact]
    public async Task P06_only_a_valid_provider_takes_over_and_exactly_one_is_active_at_any_time()
    {
        await using var mock = await MockProviders.StartAsync();
        await Invariant(Gen.Elements(Enum.GetValues<Candidate>()).ArrayOf(3).Select(c => c.ToArray()), async steps =>
        {
            var tenant = await _host.NewTenantAsync();
            Guid? active = null;
            foreach (var step in steps)
            {
                var id = await PrepareAsync(step, tenant, mock);
                var result = await _host.Get<ProviderSwitch>().ActivateAsync(tenant, id, Language.English, default);

                result.Ok.ShouldBe(step == Candidate.Valid, step.ToString());
                if (result.Ok) active = id;
                (await ActiveAsync(tenant.TenantId)).ShouldBe(active is null ? [] : [active.Value]);
            }
        });
    }

    [Fact]
    public async Task P16_the_active_provider_cannot_be_deleted_in_any_state_and_another_can()
    {
        await Invariant(Gen.Choose(1, 4).Zip(Gen.Choose(0, 3)).Zip(ArbMap.Default.GeneratorFor<bool>()), async sample =>
        {
            var ((count, pick), fallback) = sample;
            var tenant = await _host.NewTenantAsync();
            var ids = new List<Guid>();
            for (var i = 0; i < count; i++) ids.Add(await SimulatorAsync(tenant));
            var active = ids[pick % count];
            (await _host.Get<ProviderSwitch>().ActivateAsync(tenant, active, Language.English, default)).Ok.ShouldBeTrue();
            if (fallback) await _host.Get<FallbackOrder>().SetAsync(tenant, active, ids, default);

            foreach (var id in ids)
            {
                var deleted = await _host.Get<ProviderEditor>().DeleteAsync(tenant, id, null, default);
                if (id == active) deleted.Problem!.Code.ShouldBe("provider_active");
                else deleted.Ok.ShouldBeTrue();
            }

            (await _host.Get<ProviderStore>().ListAsync(tenant.TenantId, default)).Select(row => row.Id).ShouldBe([active]);
            (await _host.ScalarAsync<long>("select count(*) from gateway.provider_health where tenant_id = @t and provider_id <> @active", new { t = tenant.TenantId, active })).ShouldBe(0);
        });
    }

    [Fact]
    public async Task Deleting_and_activating_at_the_same_moment_has_one_winner()
    {
        for (var round = 0; round < 25; round++)
        {
            var tenant = await _host.NewTenantAsync();
            var (first, second) = (await SimulatorAsync(tenant), await SimulatorAsync(tenant));
            await _host.Get<ProviderSwitch>().ActivateAsync(tenant, first, Language.English, default);

            var activate = _host.Get<ProviderSwitch>().ActivateAsync(tenant, second, Language.English, default);
            var delete = _host.Get<ProviderEditor>().DeleteAsync(tenant, second, null, default);
            var (activated, deleted) = (await activate, await delete);

            (activated.Ok ^ deleted.Ok).ShouldBeTrue($"activated {activated.Ok}, deleted {deleted.Ok}");
            (await ActiveAsync(tenant.TenantId)).ShouldBe([activated.Ok ? second : first]);
        }
    }

    [Fact]
    public async Task Many_activations_at_once_leave_exactly_one_active()
    {
        var tenant = await _host.NewTenantAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 6; i++) ids.Add(await SimulatorAsync(tenant));
        var seen = new ConcurrentBag<int>();

        var watch = Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => seen.Add((await ActiveAsync(tenant.TenantId)).Length)));
        var results = await Task.WhenAll(ids.Select(id => _host.Get<ProviderSwitch>().ActivateAsync(tenant, id, Language.English, default)));
        await watch;

        results.ShouldAllBe(result => result.Ok);
        seen.ShouldAllBe(count => count <= 1);
        (await ActiveAsync(tenant.TenantId)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_active_provider_cannot_be_switched_off_and_a_refusal_carries_the_test()
    {
        await using var mock = await MockProviders.StartAsync();
        var id = await SimulatorAsync(GatewayHost.AdminCaller);
        (await _host.SendAsync(HttpMethod.Post, $"/api/v1/llm/providers/{id}/activate")).Status.ShouldBe(200);
        var row = (await _host.Get<ProviderStore>().FindAsync(GatewayHost.AdminCaller.TenantId, id, default))!;

        (await _host.SendAsync(HttpMethod.Put, $"/admin/config/llm/{id}", new { name = row.Name, kind = "simulator", models = row.Models, enabled = false }, "*")).Status.ShouldBe(409);
        (await _host.SendAsync(HttpMethod.Delete, $"/admin/config/llm/{id}")).Status.ShouldBe(409);

        var failing = await PrepareAsync(Candidate.Failing, GatewayHost.AdminCaller, mock);
        var (status, problem) = await _host.SendAsync(HttpMethod.Post, $"/api/v1/llm/providers/{failing}/activate", language: "zh-CN");
        status.ShouldBe(409);
        problem!.Value.GetProperty("test").GetProperty("steps").GetArrayLength().ShouldBe(6);
        problem.Value.GetProperty("title").GetString().ShouldBe("连接测试失败");
    }

    [Fact]
    public async Task The_fallback_order_is_set_whole_or_place_by_place_and_shows_in_the_snapshot()
    {
        var tenant = await _host.NewTenantAsync();
        var (a, b, c) = (await SimulatorAsync(tenant), await SimulatorAsync(tenant), await SimulatorAsync(tenant));
        var fallback = _host.Get<FallbackOrder>();

        (await fallback.SetAsync(tenant, a, [c, a, b], default)).Value.ShouldBe([c, a, b]);
        (await fallback.PlaceAsync(tenant, b, 0, default)).Value.ShouldBe([b, c, a]);
        (await fallback.PlaceAsync(tenant, c, null, default)).Value.ShouldBe([b, a]);
        (await fallback.PlaceAsync(tenant, c, 99, default)).Value.ShouldBe([b, a, c]);
        (await fallback.SetAsync(tenant, a, [a, a], default)).Problem!.Status.ShouldBe(400);
        (await fallback.SetAsync(tenant, a, [Guid.CreateVersion7()], default)).Problem!.Status.ShouldBe(400);
        (await _host.Get<ProviderSwitch>().ActivateAsync(tenant, c, Language.English, default)).Ok.ShouldBeTrue();

        await _host.Get<SnapshotStore>().RefreshAsync(default);
        _host.Get<ISnapshots>().Current.Tenants[tenant.TenantId].Order.Select(p => p.Id).ShouldBe([c, b, a]);
    }

    [Fact]
    public async Task A_request_keeps_the_snapshot_it_began_with()
    {
        var before = _host.Get<ISnapshots>().Current;
        var id = await SimulatorAsync(GatewayHost.AdminCaller);
        await _host.SendAsync(HttpMethod.Post, $"/api/v1/llm/providers/{id}/activate");

        _host.Get<ISnapshots>().Current.ShouldNotBeSameAs(before);
        _host.Get<ISnapshots>().Current.Tenants[GatewayHost.AdminCaller.TenantId].Active!.Id.ShouldBe(id);
        (before.Tenants.TryGetValue(GatewayHost.AdminCaller.TenantId, out var tenant) ? tenant.Active?.Id : null).ShouldNotBe(id);
    }

    private static Task Invariant<T>(Gen<T> gen, Func<T, Task> check)
    {
        TestKit.Invariant.Holds(gen, check, cases: 100);
        return Task.CompletedTask;
    }

    private async Task<Guid[]> ActiveAsync(Guid tenant) =>
        [.. (await _host.Get<ProviderStore>().ListAsync(tenant, default)).Where(row => row.Active).Select(row => row.Id)];

    private async Task<Guid> SimulatorAsync(Platform.Access.Caller caller) =>
        await CreateAsync(caller, new ProviderForm { Kind = "simulator", Models = ["sim-echo"] });

    private async Task<Guid> CreateAsync(Platform.Access.Caller caller, ProviderForm form)
    {
        var created = await _host.Get<ProviderEditor>().CreateAsync(caller, form with { Name = $"p-{Guid.CreateVersion7():n}" }, "console", default);
        return created.Value.Id;
    }

    private async Task<Guid> PrepareAsync(Candidate candidate, Platform.Access.Caller tenant, MockProviders mock)
    {
        switch (candidate)
        {
            case Candidate.Valid:
                return await SimulatorAsync(tenant);
            case Candidate.Disabled:
                return await CreateAsync(tenant, new ProviderForm { Kind = "simulator", Models = ["sim-echo"], Enabled = false });
            case Candidate.Failing:
                return await CreateAsync(tenant, new ProviderForm { Kind = "openai-compatible", Mode = "local", Endpoint = mock.OpenAi.ToString(), Models = ["500"] });
            case Candidate.NoKey:
                var form = new ProviderForm { Kind = "openai", Mode = "local", Endpoint = mock.OpenAi.ToString(), ApiKey = "sk-x", Models = ["ok"] };
                var id = await CreateAsync(tenant, form);
                await _host.Get<ProviderEditor>().UpdateAsync(tenant, id, null, form with { Name = $"p-{id:n}", ApiKey = null, Endpoint = "https://elsewhere.example/v1" }, default);
                return id;
            case Candidate.OtherTenant:
                return await SimulatorAsync(await _host.NewTenantAsync());
            default:
                return Guid.CreateVersion7();
        }
    }
}
