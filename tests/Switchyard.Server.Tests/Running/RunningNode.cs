using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Gateway;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;
using Switchyard.TestKit.Databases;

namespace Switchyard.Server.Tests.Running;

/// <summary>The whole product inside the test process: every module, a real port, a real database.</summary>
public sealed class RunningNode : IAsyncLifetime
{
    /// <summary>The operator's token.</summary>
    public const string AdminToken = "operator-token-for-the-tests-9f3b61c2d8";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("switchyard-node-");
    private readonly LogRecorder _log = new();
    private string _database = "";
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Its database.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;

    /// <summary>Every line of its log, as text.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    /// <summary>Every endpoint that answers, method by method.</summary>
    public IReadOnlyList<MappedEndpoint> Endpoints { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateEmptyAsync();
        Source = NpgsqlDataSource.Create(_database);
        Environment.SetEnvironmentVariable("SWITCHYARD_ADMIN_TOKEN", AdminToken);
        var builder = NodeBuilder.Prepare(new Dictionary<string, (string Value, string Option)>(StringComparer.OrdinalIgnoreCase)
        {
            [HostSettings.DataDirectory] = (_data.FullName, "--data"),
            [HostSettings.Database] = (_database, "--database"),
            [HostSettings.Urls] = ("http://127.0.0.1:0", "--urls"),
        });
        builder.Logging.AddProvider(_log);
        var modules = new ModuleSet([new PlatformModule(), new GatewayModule()]);
        _app = NodeBuilder.Build(builder, modules, () => new DatabaseLocation(_database, Embedded: false));
        NodeBuilder.Map(_app, modules);
        await Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        Services.GetRequiredService<NodeState>().HasMigrated();
        await Services.GetRequiredService<DatabaseWatch>().LookAsync(CancellationToken.None);
        await _app.StartAsync();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Endpoints = [.. Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(MappedEndpoint.Of)];
        Endpoints.Count.ShouldBeGreaterThan(40);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        await Source.DisposeAsync();
        await (await PostgresServer.SharedAsync()).DropAsync(_database);
        _data.Delete(recursive: true);
    }

    /// <summary>A client without a credential.</summary>
    public HttpClient Client() => TestHttp.Client(Address);

    /// <summary>Sends JSON as the operator; the answer must be a success.</summary>
    public async Task<JsonElement> AsAdminAsync(HttpMethod method, string path, object? body = null)
    {
        using var http = Client();
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", AdminToken);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private sealed class LogRecorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
