using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Migrations;

namespace Switchyard.Gateway.Tests;

/// <summary>A node of the product (platform and gateway) on a real database and a real port, with an admin's client.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    public const string AdminToken = "the-admin-token-of-the-tests";

    private static readonly string MasterKeyText = MasterKey.Create().ToText();

    private GatewayHost(WebApplication app, string data) => (App, Data) = (app, data);

    public WebApplication App { get; }

    /// <summary>The node's data directory.</summary>
    public string Data { get; }

    /// <summary>Signed in with the admin token.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public static Caller AdminCaller { get; } = new(Tenants.Default, CallerKind.AdminToken, null, "admin-token", GrantSets.Of("admin"));

    public T Get<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>Starts a node.</summary>
    /// <param name="connection">Connection string of its database.</param>
    /// <param name="data">Data directory; a new one by default.</param>
    /// <param name="settings">More configuration.</param>
    /// <param name="services">Replaces services, for example the clock.</param>
    /// <param name="migrate">False for a node that must start without its database.</param>
    public static async Task<GatewayHost> StartAsync(
        string connection,
        string? data = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null,
        bool migrate = true)
    {
        data ??= Directory.CreateTempSubdirectory("switchyard-gateway-").FullName;
        await ShareMasterKeyAsync(data);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["database:connection"] = connection,
            ["data:directory"] = data,
            ["SWITCHYARD_ADMIN_TOKEN"] = AdminToken,
            // Nothing of the machine that runs the tests becomes a provider.
            ["gateway:detect"] = "false",
            // Each test sees its failures at once and as they are.
            ["gateway:retry:attempts"] = "1",
            ["gateway:breaker:failures"] = "0",
        });
        if (settings is not null) builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        var modules = new ModuleSet([new PlatformModule(), new GatewayModule()]);
        modules.AddServices(builder);
        builder.Services.AddSingleton(Messages.Load(modules.All.Select(module => module.GetType().Assembly)));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseHttp();
        app.UseRouting();
        app.UseAccess();
        modules.MapEndpoints(app);
        if (migrate) await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var host = new GatewayHost(app, data) { Admin = TestHttp.Client(address) };
        host.Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        return host;
    }

    /// <summary>Sends JSON and reads the answer; the body is null where there is none.</summary>
    public async Task<(int Status, JsonElement? Body)> SendAsync(
        HttpMethod method, string path, object? body = null, string? ifMatch = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is string text) request.Content = new StringContent(text, new MediaTypeHeaderValue("application/json"));
        else if (body is not null) request.Content = JsonContent.Create(body, body.GetType());
        if (ifMatch is not null) request.Headers.Add("If-Match", ifMatch);
        if (language is not null) request.Headers.Add("Accept-Language", language);
        using var response = await Admin.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return ((int)response.StatusCode, bytes.Length == 0 ? null : JsonElement.Parse(bytes));
    }

    /// <summary>Reads one value from the database.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, object? args = null)
    {
        await using var connection = await Get<NpgsqlDataSource>().OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql, args);
    }

    /// <summary>An admin of a new tenant.</summary>
    public async Task<Caller> NewTenantAsync()
    {
        var id = Guid.CreateVersion7();
        await ScalarAsync<int>("insert into platform.tenants (id, name) values (@id, @name) returning 1", new { id, name = id.ToString() });
        return AdminCaller with { TenantId = id };
    }

    // Nodes of one database need one master key; the hosts of a test class share theirs.
    private static async Task ShareMasterKeyAsync(string data)
    {
        var file = Path.Combine(data, SecretServices.FileName);
        if (File.Exists(file)) return;
        await File.WriteAllTextAsync(file, MasterKeyText);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
