using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Health;
using Switchyard.Platform.Access;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Nodes;

/// <summary>Two nodes of one installation whose clocks are four hours apart.</summary>
public sealed class WrongClockTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task They_see_each_other_serve_each_others_keys_record_every_call_and_probe()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var behind = await NodeAsync(TimeSpan.FromHours(-2));
        await using var ahead = await NodeAsync(TimeSpan.FromHours(2));
        GatewayHost[] nodes = [behind, ahead];
        var (status, provider) = await behind.SendAsync(HttpMethod.Post, "/admin/config/llm", new
        {
            name = "openai", kind = "openai-compatible", endpoint = mock.OpenAi.ToString(), mode = "local", apiKey = "sk-test", models = new[] { "ok" },
        });
        status.ShouldBe(201, $"{provider}");

        foreach (var (maker, user) in new[] { (behind, ahead), (ahead, behind) })
        {
            var (made, key) = await maker.SendAsync(HttpMethod.Post, "/api/admin/keys", new { name = "k", scopes = new[] { "client" } });
            made.ShouldBe(201, $"{key}");
            await Eventually.Pass(async () => (await CallAsync(user, key!.Value.GetProperty("secret").GetString()!)).ShouldBe(200));
        }

        foreach (var node in nodes)
        {
            await Eventually.Pass(async () =>
            {
                (await GetAsync(node, "/api/system/info")).GetProperty("nodes").GetArrayLength().ShouldBe(2);
                (await node.ScalarAsync<long>("select count(*) from gateway.usage where status = 'succeeded'")).ShouldBe(mock.Bill.For("ok").Count);
            });
        }

        // A probe that the one ahead put off by its own clock does not keep the one behind from probing.
        var id = provider!.Value.GetProperty("id").GetGuid();
        await Eventually.Pass(async () => (await ahead.Get<HealthStore>().ListAsync(Tenants.Default, default))[id].Status.ShouldBe("healthy"));
        var target = behind.Get<ISnapshots>().Current.Tenants.Values.SelectMany(t => t.Providers).Single(p => p.Id == id);
        await ahead.Get<HealthStore>().ClaimAsync(target, TimeSpan.FromMinutes(1), default);
        (await behind.Get<HealthStore>().ClaimAsync(target, TimeSpan.FromMinutes(1), default)).ShouldBeNull();
    }

    private Task<GatewayHost> NodeAsync(TimeSpan shift) => GatewayHost.StartAsync(
        database.ConnectionString, services: services => services.AddSingleton<TimeProvider>(new ShiftedClock(shift)));

    private static async Task<JsonElement> GetAsync(GatewayHost node, string path) => (await node.SendAsync(HttpMethod.Get, path)).Body!.Value;

    private static async Task<int> CallAsync(GatewayHost node, string key)
    {
        using var http = TestHttp.Client(node.Admin.BaseAddress!);
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var response = await http.PostAsJsonAsync("/v1/chat/completions", new { model = "openai/ok", messages = new[] { new { role = "user", content = "Hi" } } });
        return (int)response.StatusCode;
    }
}
