using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.EventLog.Streaming;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Storage;
using Switchyard.Platform.Storage.Postgres;

namespace Switchyard.Platform.Tests.EventLog;

/// <summary>
/// A node that serves HTTP on a real loopback port. Callers are named by test headers: <c>x-tenant</c>,
/// <c>x-caller</c>, and <c>x-scope</c> (admin when absent).
/// </summary>
public sealed class WebNode(WebApplication app) : IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public EventReader Log => Services.GetRequiredService<EventReader>();

    public EventStreamHub Hub => Services.GetRequiredService<EventStreamHub>();

    public HttpClient Client { get; } = NewClient(app.Urls.First());

    public static async Task<WebNode> StartAsync(
        string connection, Action<WebApplicationBuilder>? more = null, Action<WebApplication>? map = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([
            new("database:connection", connection), .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]);
        builder.Services.AddSingleton(new ModuleSet([new PlatformModule()]));
        builder.Services.AddSingleton(Messages.Load([typeof(PlatformModule).Assembly]));
        builder.AddHttp();
        builder.Services.AddSingleton(new DatabaseLocation(connection, Embedded: false));
        builder.AddStorage();
        builder.AddEventLog();
        builder.AddEventStreams();
        more?.Invoke(builder);
        var app = builder.Build();
        app.UseHttp();
        app.Use((http, next) =>
        {
            http.Features.Set(CallerOf(http));
            return next(http);
        });
        app.MapEventStreams();
        map?.Invoke(app);
        await app.StartAsync();
        return new WebNode(app);
    }

    /// <summary>Opens the live stream; the caller disposes the response to leave.</summary>
    public async Task<HttpResponseMessage> ListenAsync(string query = "", Guid? tenant = null, Guid? caller = null, long? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/llm/stream-updates" + query);
        if (tenant is not null) request.Headers.Add("x-tenant", tenant.ToString());
        if (caller is not null) request.Headers.Add("x-caller", caller.ToString());
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", FormattableString.Invariant($"{lastEventId}"));
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Begins an orderly stop, as SIGTERM does.</summary>
    public void BeginStop() => Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }

    private static Caller CallerOf(HttpContext http)
    {
        var tenant = Guid.TryParse(http.Request.Headers["x-tenant"], out var t) ? t : Tenants.Default;
        Guid? id = Guid.TryParse(http.Request.Headers["x-caller"], out var c) ? c : null;
        var scope = http.Request.Headers["x-scope"].FirstOrDefault() ?? "admin";
        return new Caller(tenant, id is null ? CallerKind.AdminToken : CallerKind.User, id, "test", GrantSets.Of(scope));
    }

    private static HttpClient NewClient(string address)
    {
#pragma warning disable RS0030 // A test's client to loopback, not the product's outbound calls.
        return new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { BaseAddress = new Uri(address) };
#pragma warning restore RS0030
    }
}
