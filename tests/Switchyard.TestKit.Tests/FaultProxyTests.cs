using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Switchyard.TestKit.Providers;

namespace Switchyard.TestKit.Tests;

public sealed class FaultProxyTests : IAsyncLifetime
{
    private MockProviders _mock = null!;
    private FaultProxy _proxy = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _mock = await MockProviders.StartAsync();
        _proxy = FaultProxy.Start("127.0.0.1", _mock.Address.Port);
        _http = TestHttp.Client(new Uri($"http://{_proxy.EndPoint}"), TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _proxy.DisposeAsync();
        await _mock.DisposeAsync();
    }

    [Fact]
    public async Task What_is_paused_arrives_after_it_is_resumed()
    {
        _proxy.Pause();
        var answer = _http.GetFromJsonAsync<JsonElement>("/v1/models");
        await Eventually.IsTrue(() => _proxy.Connections == 1, "the client is connected");
        answer.IsCompleted.ShouldBeFalse();
        _mock.Bill.Calls.ShouldBeEmpty();

        _proxy.Resume();

        (await answer).GetProperty("data").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_server_taken_down_refuses_and_is_back_on_the_same_port()
    {
        _proxy.TakeDown();
        var refused = await Should.ThrowAsync<HttpRequestException>(() => _http.GetAsync(new Uri("/v1/models", UriKind.Relative)));
        refused.InnerException.ShouldBeOfType<SocketException>().SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);

        _proxy.Restore();

        (await _http.GetAsync(new Uri("/v1/models", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task An_open_answer_is_reset_when_told_so()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "stall-after-2", stream = true, messages = Array.Empty<object>() }),
        };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await Eventually.IsTrue(() => _mock.Bill.Calls is [{ Pieces: 2 }], "the stream has begun");

        _proxy.ResetAll();

        await Should.ThrowAsync<HttpRequestException>(async () => await response.Content.ReadAsStringAsync());
    }
}

public sealed class FaultProxyBeforePostgresTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task A_database_behind_the_proxy_can_be_lost_and_found()
    {
        var direct = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = FaultProxy.Start(direct.Host!, direct.Port);
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = proxy.EndPoint.Port }.ConnectionString);
        await using (var command = source.CreateCommand("select 1")) (await command.ExecuteScalarAsync()).ShouldBe(1);

        proxy.TakeDown();
        await Should.ThrowAsync<NpgsqlException>(async () =>
        {
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync();
        });
        proxy.Restore();

        await Eventually.Pass(async () =>
        {
            await using var command = source.CreateCommand("select 1");
            (await command.ExecuteScalarAsync()).ShouldBe(1);
        });
    }
}
