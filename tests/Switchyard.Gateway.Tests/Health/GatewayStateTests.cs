using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Health;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Health;

/// <summary>What the gateway tells of itself to everybody who reads the global state.</summary>
public sealed class GatewayStateTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task The_global_state_names_the_active_provider_and_those_that_fail_and_forgets_the_deleted()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var host = await GatewayHost.StartAsync(database.ConnectionString);
        var good = await AddAsync(host, "good", mock);
        var bad = await AddAsync(host, "bad", mock);
        (await host.SendAsync(HttpMethod.Post, $"/api/v1/llm/providers/{good}/activate")).Status.ShouldBe(200);
        await Eventually.IsTrue(() => host.Get<ISnapshots>().Current.Tenants.Values.Any(t => t.Providers.Any(p => p.Id == bad)), "the provider is known");
        var provider = host.Get<ISnapshots>().Current.Tenants.Values.SelectMany(t => t.Providers).Single(p => p.Id == bad);
        // The node's own first probe must not come in between; its next one is a minute away.
        await Eventually.IsTrue(
            async () => await host.ScalarAsync<long>("select count(*) from gateway.provider_health where provider_id = @bad and checked_at is not null", new { bad }) == 1, "the node has probed it");
        for (var i = 0; i < 5; i++) await host.Get<HealthStore>().SaveAsync(provider, new ProbeResult("refused", 1), default);

        await Eventually.Pass(async () =>
        {
            var state = await StateAsync(host);
            state.GetProperty("activeProvider").GetString().ShouldBe("good");
            state.GetProperty("providers").GetInt32().ShouldBe(2);
            state.GetProperty("down").EnumerateArray().Select(name => name.GetString()).ShouldBe(["bad"]);
        });

        (await host.SendAsync(HttpMethod.Delete, $"/admin/config/llm/{bad}")).Status.ShouldBe(204);
        await Eventually.Pass(async () =>
        {
            var state = await StateAsync(host);
            state.GetProperty("providers").GetInt32().ShouldBe(1);
            state.GetProperty("down").GetArrayLength().ShouldBe(0);
        });
    }

    private static async Task<Guid> AddAsync(GatewayHost host, string name, MockProviders mock)
    {
        var (status, body) = await host.SendAsync(HttpMethod.Post, "/admin/config/llm", new
        {
            name, kind = "openai-compatible", endpoint = mock.OpenAi.ToString(), mode = "local", apiKey = "sk-test", models = new[] { "ok" },
        });
        status.ShouldBe(201, $"{body}");
        return body!.Value.GetProperty("id").GetGuid();
    }

    private static async Task<System.Text.Json.JsonElement> StateAsync(GatewayHost host) =>
        (await host.SendAsync(HttpMethod.Get, "/api/llm/global-state")).Body!.Value.GetProperty("components").GetProperty("gateway");
}
