using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;

namespace Switchyard.Platform.Tests.Http;

/// <summary>A real Kestrel on a free loopback port with the platform's HTTP rules, and a client for it.</summary>
public sealed class WebTestHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Uri _address;

    private WebTestHost(WebApplication app)
    {
        _app = app;
        _address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public IServiceProvider Services => _app.Services;

    public static async Task<WebTestHost> StartAsync(
        Action<WebApplication> map, Action<WebApplicationBuilder>? more = null, params KeyValuePair<string, string?>[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), .. settings]);
        builder.Services.AddSingleton(new ModuleSet([new PlatformModule()]));
        builder.Services.AddSingleton(Messages.Load([typeof(PlatformModule).Assembly]));
        builder.AddHttp();
        more?.Invoke(builder);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.UseHttp();
        map(app);
        await app.StartAsync();
        return new WebTestHost(app);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(_address, path)) { Content = body };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return _client.SendAsync(request, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
