using Switchyard.Gateway.Configuration.Detection;
using Switchyard.Gateway.Providers;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Configuration;

public sealed class DetectionTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly ProviderCatalog Catalog = new();

    [Fact]
    public void Every_variable_of_the_catalogue_becomes_a_valid_provider()
    {
        var found = EnvironmentScan.Read(Catalog, name => name switch
        {
            "AZURE_OPENAI_ENDPOINT" => "https://mine.openai.azure.com",
            "AZURE_OPENAI_API_VERSION" => "2024-10-21",
            "AZURE_OPENAI_DEPLOYMENT" => "chat, small",
            _ when name.EndsWith("_API_KEY", StringComparison.Ordinal) => " sk-0123456789\n",
            _ => null,
        });

        found.Select(f => f.Source).ShouldBe(
            ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "AZURE_OPENAI_API_KEY", "QIANFAN_API_KEY", "HUNYUAN_API_KEY", "DASHSCOPE_API_KEY", "ZHIPU_API_KEY"]);
        found.ShouldAllBe(f => f.Form.ApiKey == "sk-0123456789");
        found.Single(f => f.Form.Kind == "azure-openai").Form.Models.ShouldBe(["chat", "small"]);
    }

    [Fact]
    public void An_azure_key_without_an_endpoint_and_empty_variables_are_passed_over() =>
        EnvironmentScan.Read(Catalog, name => name is "AZURE_OPENAI_API_KEY" ? "sk-x" : "").ShouldBeEmpty();

    [Fact]
    public void A_base_address_in_the_environment_is_honoured_so_that_its_key_goes_nowhere_else()
    {
        var found = EnvironmentScan.Read(Catalog, name => name switch { "OPENAI_API_KEY" => "sk-x", "OPENAI_BASE_URL" => "http://127.0.0.1:4000/v1", _ => null });

        found.Single().Form.Endpoint.ShouldBe("http://127.0.0.1:4000/v1");
        found.Single().Form.Mode.ShouldBe("local");
    }

    [Fact]
    public async Task A_local_ollama_becomes_the_active_provider_once_and_does_not_come_back_when_deleted()
    {
        await using var mock = await MockProviders.StartAsync();
        var settings = new Dictionary<string, string?> { ["gateway:detect"] = "true", ["gateway:ollamaEndpoint"] = mock.Address.ToString() };
        Guid id;
        await using (var first = await GatewayHost.StartAsync(database.ConnectionString, settings: settings))
        {
            await Eventually.IsTrue(() => first.Get<ProviderDetection>().Done, "detection is done");
            var (_, list) = await first.SendAsync(HttpMethod.Get, "/admin/config/llm");
            var ollama = list!.Value.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("kind").GetString() == "ollama");
            ollama.GetProperty("origin").GetString().ShouldBe("ollama");
            ollama.GetProperty("active").GetBoolean().ShouldBeTrue();
            id = ollama.GetProperty("id").GetGuid();
            var (_, detected) = await first.SendAsync(HttpMethod.Get, "/admin/config/llm/detected");
            detected!.Value.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("source").GetString()).ShouldContain("ollama");
            (await first.ScalarAsync<string>("select string_agg(action, ',' order by sequence) from platform.audit where resource_id = @id", new { id = id.ToString() })).ShouldBe("create,activate");
            await first.ScalarAsync<int>("update gateway.providers set active = false where id = @id returning 1", new { id });
            (await first.SendAsync(HttpMethod.Delete, $"/admin/config/llm/{id}")).Status.ShouldBe(204);
        }

        await using var second = await GatewayHost.StartAsync(database.ConnectionString, settings: settings);
        await Eventually.IsTrue(() => second.Get<ProviderDetection>().Done, "detection is done");
        (await second.ScalarAsync<long>("select count(*) from gateway.providers where kind = 'ollama'")).ShouldBe(0);
    }
}
