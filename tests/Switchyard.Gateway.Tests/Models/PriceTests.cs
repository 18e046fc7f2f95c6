using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Models;
using Switchyard.Gateway.Providers;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Tests.Models;

public sealed class PriceTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private const string Path = "/admin/config/prices";

    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync(database.ConnectionString);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void The_list_that_ships_is_whole()
    {
        var kinds = new ProviderCatalog().All.Select(kind => kind.Id).ToHashSet();

        PriceList.Rows.Count.ShouldBeGreaterThan(300);
        PriceList.Rows.ShouldAllBe(row => kinds.Contains(row.Provider) && row.Source.Length > 0 && row.ValidFrom.Year >= 2026);
        PriceList.Rows.Select(row => row.Id).ShouldBeUnique();
        PriceList.Rows.Select(row => (row.Provider, row.Model)).ShouldBeUnique();
        PriceList.Rows.Where(row => row.CachedRead > row.Input).ShouldBeEmpty();
        PriceList.Rows.Single(row => row is { Provider: "anthropic", Model: "claude-haiku-4-5" }).Output.ShouldBe(5m);
    }

    [Fact]
    public async Task The_list_is_put_into_the_database_once_and_paged()
    {
        await Eventually.IsTrue(async () => await _host.ScalarAsync<long>("select count(*) from gateway.prices where tenant_id = @Everyone", new { PriceRow.Everyone }) == PriceList.Rows.Count, "the list is there");
        (await _host.Get<PriceStore>().SeedAsync(default)).ShouldBe(0);

        var (models, cursor) = (new List<string>(), "");
        do
        {
            var (status, page) = await _host.SendAsync(HttpMethod.Get, $"{Path}?provider=qwen&limit=50&cursor={Uri.EscapeDataString(cursor)}");
            status.ShouldBe(200);
            models.AddRange(page!.Value.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("model").GetString()!));
            cursor = page.Value.GetProperty("nextCursor").GetString() ?? "";
        }
        while (cursor.Length > 0);
        models.Count.ShouldBe(PriceList.Rows.Count(row => row.Provider == "qwen"));
        models.ShouldBeUnique();
    }

    [Fact]
    public async Task An_own_price_goes_before_the_list_by_provider_then_by_kind_and_an_unknown_one_stays_unknown()
    {
        await CreateAsync("priced", "openai", ["gpt-5.4", "my-model"]);
        await CreateAsync("vllm", "openai-compatible", ["gpt-5.4"]);
        Price("priced", "gpt-5.4")!.Input.ShouldBe(2.5m);
        Price("priced", "my-model").ShouldBeNull();
        Price("vllm", "gpt-5.4").ShouldBeNull();

        await PutAsync(new { provider = "openai", model = "gpt-5.4", currency = "CNY", input = 18.5, output = 100 });
        Price("priced", "gpt-5.4").ShouldBe(Price("priced", "gpt-5.4")! with { Currency = "CNY", Input = 18.5m, Output = 100m });
        await PutAsync(new { provider = "PRICED", model = "*", input = 1, output = 2 });
        Price("priced", "my-model")!.Output.ShouldBe(2m);
        Price("priced", "gpt-5.4")!.Output.ShouldBe(2m);
        await PutAsync(new { provider = "priced", model = "gpt-5.4", input = 7, output = 7, validFrom = "2999-01-01T00:00:00Z" });
        Price("priced", "gpt-5.4")!.Output.ShouldBe(2m);
    }

    [Fact]
    public async Task Wrong_prices_are_refused_all_at_once_and_nothing_is_stored()
    {
        var before = await _host.ScalarAsync<long>("select count(*) from gateway.prices where tenant_id <> @Everyone", new { PriceRow.Everyone });
        var (status, problem) = await _host.SendAsync(HttpMethod.Put, Path, new
        {
            items = new object[]
            {
                new { provider = "openai", model = "fine", input = 1, output = 1 },
                new { provider = "nobody", model = "../x", currency = "usd", input = -1 },
            },
        });

        status.ShouldBe(400);
        problem!.Value.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString())
            .ShouldBe(["items[1].provider", "items[1].model", "items[1].currency", "items[1].output", "items[1].input"]);
        (await _host.ScalarAsync<long>("select count(*) from gateway.prices where tenant_id <> @Everyone", new { PriceRow.Everyone })).ShouldBe(before);
    }

    private ModelPrice? Price(string provider, string model)
    {
        var tenant = _host.Get<ISnapshots>().Current.Tenants[Tenants.Default];
        return tenant.PriceOf(tenant.ByName[provider], model);
    }

    private async Task PutAsync(object item) => (await _host.SendAsync(HttpMethod.Put, Path, new { items = new[] { item } })).Status.ShouldBe(200);

    private async Task CreateAsync(string name, string kind, string[] models) =>
        (await _host.SendAsync(HttpMethod.Post, "/admin/config/llm", new { name, kind, endpoint = "https://api.openai.com/v1", apiKey = "sk-some-key-for-tests", models })).Status.ShouldBe(201);
}
