using System.Net;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>The sample data as the console's first-run page loads it.</summary>
public sealed class DemoDataTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task Sample_data_is_loaded_once_however_often_it_is_asked_for()
    {
        (await LoadAsync()).ShouldBeGreaterThan(0);
        (await LoadAsync()).ShouldBe(0);

        var providers = (await gateway.SendAsync(HttpMethod.Get, "/api/v1/llm/providers")).GetProperty("items").EnumerateArray();
        providers.Count(p => p.GetProperty("kind").GetString() == "simulator").ShouldBe(1);
    }

    [Fact]
    public async Task A_client_key_may_not_load_it()
    {
        using var client = gateway.Client();
        (await client.PostAsync("/api/system/demo", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<int> LoadAsync() =>
        (await gateway.SendAsync(HttpMethod.Post, "/api/system/demo")).GetProperty("added").EnumerateObject().Sum(added => added.Value.GetInt32());
}
