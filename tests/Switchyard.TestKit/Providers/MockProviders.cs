using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchyard.TestKit.Providers.Dialects;

namespace Switchyard.TestKit.Providers;

/// <summary>
/// A real HTTP server that speaks as OpenAI, Azure, Anthropic and Ollama do, does what the model name says
/// (<see cref="Script"/>) and keeps its own <see cref="Bill"/> of every call. The vendor's part of a path does
/// not matter, so that one server stands for all kinds: <c>/v1</c>, <c>/api/paas/v4</c>, <c>/compatible-mode/v1</c> …
/// </summary>
public sealed class MockProviders : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MockProviders(WebApplication app, MockServer server) => (_app, Server) = (app, server);

    /// <summary>Base address without a path, for example <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Base address of the OpenAI dialect: with <c>/v1</c>.</summary>
    public Uri OpenAi => new(Address, "/v1");

    /// <summary>Every call received.</summary>
    public Bill Bill => Server.Bill;

    /// <summary>Whether headers and bodies stay on the bill; off for long load runs.</summary>
    public bool KeepBodies
    {
        get => Server.KeepBodies;
        set => Server.KeepBodies = value;
    }

    private MockServer Server { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="port">0 for any free port.</param>
    /// <param name="tls">Whether to speak TLS with a certificate that nobody trusts.</param>
    /// <param name="time">Clock for times on the bill and for scripted delays.</param>
    public static async Task<MockProviders> StartAsync(int port = 0, bool tls = false, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (tls) listen.UseHttps(SelfSigned());
            });
        });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var server = new MockServer(time ?? TimeProvider.System);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new MockProviders(app, server) { Address = new Uri(address) };
    }

    /// <summary>Stops at once; open calls are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancel) => _app.WaitForShutdownAsync(cancel);

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mock.invalid", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(130));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
