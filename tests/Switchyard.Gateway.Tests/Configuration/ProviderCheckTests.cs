using Microsoft.Extensions.DependencyInjection;
using Switchyard.Gateway.Configuration;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Operations;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Configuration;

public sealed class ProviderCheckTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private const string Key = "sk-planted-0123456789abcd";

    [Fact]
    public async Task The_check_asks_each_provider_and_names_those_that_cannot_be_used()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var node = await GatewayHost.StartAsync(database.ConnectionString, settings: new Dictionary<string, string?> { ["gateway:probeTimeoutSeconds"] = "5" });
        await CreateAsync(node, new { name = "works", kind = "openai", mode = "local", endpoint = mock.OpenAi, apiKey = Key, models = new[] { "ok" } });
        await CreateAsync(node, new { name = "silent", kind = "openai", mode = "local", endpoint = "http://127.0.0.1:9/v1", apiKey = Key, models = new[] { "ok" } });
        await CreateAsync(node, new { name = "off", kind = "openai", mode = "local", endpoint = "http://127.0.0.1:9/v1", apiKey = Key, models = new[] { "ok" }, enabled = false });

        var problems = await node.App.Services.GetServices<IConfigurationCheck>().OfType<ProviderCheck>().Single().CheckAsync(default);

        problems.Select(problem => problem.Place).Where(place => place != "providers").ShouldBe(["provider silent"]);
        problems.ShouldAllBe(problem => OperatorText.English(problem.Cure).Length > 0 && !OperatorText.English(problem.What).Contains(Key));
    }

    [Fact]
    public async Task The_demo_brings_an_active_simulator_with_prices_once()
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);
        var demo = node.App.Services.GetServices<IDemoData>().OfType<ProviderDemo>().Single();

        (await demo.LoadAsync(default)).ShouldBe(1);
        (await demo.LoadAsync(default)).ShouldBe(0);

        var tenant = node.Get<ISnapshots>().Current.Tenants[GatewayHost.AdminCaller.TenantId];
        tenant.Active!.Kind.Id.ShouldBe("simulator");
        tenant.Active.Models.ShouldAllBe(model => tenant.PriceOf(tenant.Active, model) != null);
    }

    private static async Task CreateAsync(GatewayHost node, object form) => (await node.SendAsync(HttpMethod.Post, "/admin/config/llm", form)).Status.ShouldBe(201);
}
