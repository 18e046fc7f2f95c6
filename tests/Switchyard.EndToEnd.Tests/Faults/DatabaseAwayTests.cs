using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Switchyard.EndToEnd.Tests.Running;

namespace Switchyard.EndToEnd.Tests.Faults;

/// <summary>An installation whose database can be taken away.</summary>
public sealed class GatewayBehindProxy : RunningGateway
{
    public FaultProxy Proxy { get; private set; } = null!;

    protected override string? Reach(string database)
    {
        var direct = new NpgsqlConnectionStringBuilder(database);
        Proxy = FaultProxy.Start(direct.Host!, direct.Port);
        direct.Port = Proxy.EndPoint.Port;
        return direct.ConnectionString;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}

/// <summary>Model calls need no database; what they cost is written down when it is back.</summary>
[Trait("Database", "Both")]
public sealed class DatabaseAwayTests(GatewayBehindProxy gateway) : IClassFixture<GatewayBehindProxy>
{
    [Fact]
    public async Task Calls_go_on_writes_are_refused_with_a_time_and_nothing_is_lost()
    {
        using var http = TestHttp.Client(gateway.Server.Address);
        http.DefaultRequestHeaders.Authorization = new("Bearer", gateway.ClientKey);
        await CallAsync(http);

        gateway.Proxy.TakeDown();
        for (var i = 0; i < 10; i++) await CallAsync(http);
        using (var refused = await gateway.Admin.PostAsJsonAsync("/api/admin/keys", new { name = "none", scopes = new[] { "client" } }))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        (await http.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Proxy.Restore();

        await Eventually.Pass(async () => (await UsageRecord.ReadAllAsync(gateway)).Count.ShouldBe(11), TimeSpan.FromSeconds(15));
        await gateway.CreateKeyAsync("client");
    }

    private static async Task CallAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync("/v1/chat/completions", new { model = "openai/ok", messages = new[] { new { role = "user", content = "Hi" } } });
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }
}
