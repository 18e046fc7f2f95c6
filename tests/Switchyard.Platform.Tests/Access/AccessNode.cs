using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Access.Users;
using Switchyard.Platform.Audit;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.Flags;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Tests.Access;

/// <summary>One node with access, audit and flags on a real port and a real database, and a few endpoints to try it on.</summary>
public sealed class AccessNode(WebApplication app) : IAsyncDisposable
{
    public const string AdminToken = "the-admin-token-of-the-tests";

    public const string Password = "correct horse battery";

    public static Caller Operator { get; } = new(Tenants.Default, CallerKind.AdminToken, null, "operator", GrantSets.Of("admin"));

    public Uri Address { get; } = new(app.Urls.First());

    public Database Database => Get<Database>();

    public static async Task<AccessNode> StartAsync(
        string connection, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("SWITCHYARD_ADMIN_TOKEN", AdminToken)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        builder.Services.AddSingleton(new ModuleSet([new PlatformModule()]));
        builder.Services.AddSingleton(Messages.Load([typeof(PlatformModule).Assembly]));
        builder.Services.AddSingleton(new DatabaseLocation(connection, Embedded: false));
        builder.AddHttp();
        builder.AddStorage();
        builder.AddEventLog();
        builder.AddAccess();
        builder.AddAudit();
        builder.AddFlags();
        // The tests sign in hundreds of times.
        builder.Services.Configure<AccessOptions>(o => o.PasswordRounds = 1000);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseHttp();
        app.UseRouting();
        app.UseAccess();
        app.MapAccess();
        app.MapAudit();
        app.MapFlags();
        app.MapGet("/undeclared", () => "open");
        app.MapGet("/anyone", (HttpContext http) => http.Caller().Name).AllowAnyone();
        app.MapGet("/view", (HttpContext http) => http.Caller().Name).RequireAccess(Grants.Viewer);
        app.MapPost("/v1/chat/completions", (HttpContext http) => http.Caller().Name).RequireAccess(Grants.Client);
        app.MapPost("/v1/messages", (HttpContext http) => http.Caller().Name).RequireAccess(Grants.Client);
        app.MapGet("/scrape", () => "metrics").RequireAccess(Grants.Scrape);
        app.MapGet("/stream", StreamAsync).RequireAccess(Grants.Viewer);
        await app.StartAsync();
        return new AccessNode(app);
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>A client without any credential.</summary>
    public HttpClient Anonymous() => TestHttp.Client(Address);

    /// <summary>A client with a bearer token.</summary>
    public HttpClient Bearer(string secret)
    {
        var client = TestHttp.Client(Address);
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {secret}");
        return client;
    }

    public HttpClient Admin() => Bearer(AdminToken);

    /// <summary>A browser with a session cookie, which says where its pages come from.</summary>
    public HttpClient Browser(string cookie, bool origin = true)
    {
        var client = TestHttp.Client(Address);
        client.DefaultRequestHeaders.Add("Cookie", $"switchyard_session={cookie}");
        if (origin) client.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    /// <summary>Adds a person with <see cref="Password"/>.</summary>
    public async Task<User> AddUserAsync(string name, string role, Caller? by = null)
    {
        var created = await Get<UserDirectory>().CreateAsync(by ?? Operator, new NewUser(name, null, [role], Password), default);
        return created.Ok ? created.Value.User : throw new InvalidOperationException(created.Problem.Code);
    }

    /// <summary>Signs in and returns the cookie's value.</summary>
    public async Task<string> SignInAsync(string name, string password = Password)
    {
        using var client = Anonymous();
        using var response = await client.PostAsJsonAsync("/api/session", new { name, password });
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return CookieOf(response);
    }

    public static string CookieOf(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=', 2)[1];

    /// <summary>Makes a key.</summary>
    public async Task<CreatedApiKey> AddKeyAsync(Caller maker, params string[] scopes)
    {
        await using var change = await Database.BeginAsync(maker, default);
        var created = await Get<ApiKeys>().CreateAsync(change, new NewApiKey("test", scopes), default);
        if (!created.Ok) throw new InvalidOperationException(created.Problem.Code);
        await change.CommitAsync(default);
        await Get<KeyRing>().RefreshAsync(default);
        return created.Value;
    }

    public async Task RevokeKeyAsync(Guid id)
    {
        await using var change = await Database.BeginAsync(Operator, default);
        (await Get<ApiKeys>().RevokeAsync(change, id, null, default)).ShouldBeNull();
        await change.CommitAsync(default);
    }

    public static async Task<int> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return (int)response.StatusCode;
    }

    public static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsByteArrayAsync()).GetProperty("code").GetString();

    public async Task<int> ExecuteAsync(string sql, object? args = null)
    {
        await using var connection = await Get<NpgsqlDataSource>().OpenConnectionAsync();
        return await connection.ExecuteAsync(sql, args);
    }

    public async Task<T?> ScalarAsync<T>(string sql, object? args = null)
    {
        await using var connection = await Get<NpgsqlDataSource>().OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql, args);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }

    // Sends a byte now and then until it is cut.
    private static async Task StreamAsync(HttpContext http)
    {
        while (true)
        {
            await http.Response.WriteAsync(".", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(20, http.RequestAborted);
        }
    }
}
