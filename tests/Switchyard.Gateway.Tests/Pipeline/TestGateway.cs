using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.InProcess;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Pipeline.Authentication;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Resilience;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Usage;
using Switchyard.Gateway.Usage.Journal;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Tests.Pipeline;

/// <summary>The real endpoints, pipeline and journal behind a real Kestrel; only configuration and caller are given.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestGateway(WebApplication app, HttpClient client, string journal) => (_app, Client, JournalDirectory) = (app, client, journal);

    public HttpClient Client { get; }

    public string JournalDirectory { get; }

    public UsageJournal Journal => _app.Services.GetRequiredService<UsageJournal>();

    public FixedSnapshots Snapshots => (FixedSnapshots)_app.Services.GetRequiredService<ISnapshots>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<TestGateway> StartAsync(IReadOnlyList<Provider> providers, IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? time = null, IReadOnlyDictionary<string, ModelPrice>? prices = null)
    {
        var journal = Directory.CreateTempSubdirectory("switchyard-journal-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["gateway:journal:directory"] = journal;
        builder.Configuration["gateway:journal:segmentBytes"] = "1048576";
        builder.Configuration["gateway:journal:syncEvery"] = "00:00:00.010";
        // Each test sees its failures at once and as they are; those of repetitions and breakers set their own.
        builder.Configuration["gateway:retry:attempts"] = "1";
        builder.Configuration["gateway:breaker:failures"] = "0";
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>()) builder.Configuration[key] = value;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(Messages.Load([typeof(Problem).Assembly, typeof(GatewayModule).Assembly]));
        builder.Services.AddSingleton<ISnapshots>(new FixedSnapshots { Current = Snapshot(providers, prices) });
        builder.Services.AddSingleton<CheckModel>((_, model) => model.StartsWith("forbidden", StringComparison.Ordinal) ? new Problem("model_not_allowed", 403, "model").With("model", model) : null);
        builder.AddUpstream();
        builder.AddUsageJournal();
        builder.AddResilience();
        builder.AddPipeline();
        builder.AddInProcess();
        var app = builder.Build();
        app.Use((http, next) =>
        {
            http.Features.Set(new Caller(Tenants.Default, CallerKind.ApiKey, new Guid("00000000-0000-7000-8000-00000000000a"), "test key", GrantSets.Of("client")));
            return next(http);
        });
        app.MapPipeline();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new TestGateway(app, TestHttp.Client(new Uri(address)), journal);
    }

    public static Provider OpenAi(Uri address, string name, params string[] models) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Tenants.Default,
        Name = name,
        Kind = Kind("openai-compatible"),
        Endpoint = new Uri(address, "/v1"),
        Mode = DeploymentMode.Local,
        ApiKey = "sk-planted-secret-" + name,
        Models = models,
    };

    public static Provider Anthropic(Uri address, string name, params string[] models) =>
        OpenAi(address, name, models) with { Kind = Kind("anthropic"), Endpoint = address };

    public static Provider Ollama(Uri address, string name, params string[] models) =>
        OpenAi(address, name, models) with { Kind = Kind("ollama"), Endpoint = address, ApiKey = null };

    public static ProviderKind Kind(string id) => typeof(ProviderKind).Assembly.GetTypes()
        .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(ProviderKind)))
        .Select(t => (ProviderKind)Activator.CreateInstance(t)!)
        .Single(k => k.Id == id);

    public static GatewaySnapshot Snapshot(IReadOnlyList<Provider> providers, IReadOnlyDictionary<string, ModelPrice>? prices = null) => new()
    {
        Version = 1,
        Tenants = new Dictionary<Guid, TenantSnapshot>
        {
            [Tenants.Default] = new()
            {
                Providers = providers,
                ByName = providers.ToFrozenDictionary(p => p.Name.ToLowerInvariant()),
                ByModel = providers.SelectMany(p => p.Models).Distinct()
                    .ToFrozenDictionary(m => m, m => (IReadOnlyList<Provider>)[.. providers.Where(p => p.Models.Contains(m))]),
                Active = providers.Count > 0 ? providers[0] : null,
                Order = providers,
                Prices = (prices ?? new Dictionary<string, ModelPrice>()).ToFrozenDictionary(),
            },
        }.ToFrozenDictionary(),
    };

    public Task<HttpResponseMessage> ChatAsync(string model, bool stream = false, string path = "/v1/chat/completions") =>
        Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = JsonContent.Create(new { model, stream, max_tokens = 100, messages = new[] { new { role = "user", content = "Say hello" } } }),
            },
            HttpCompletionOption.ResponseHeadersRead);

    /// <summary>Everything in the journal, settled records only.</summary>
    public IReadOnlyList<UsageRecord> Records(bool open = false)
    {
        Journal.Sync();
        var all = new JournalReader(JournalDirectory).Read(JournalPosition.Beginning, Journal.Synced, int.MaxValue).Records;
        return [.. all.Where(r => open || r.Status != CallStatus.Open)];
    }

    public async Task<UsageRecord> SettledAsync()
    {
        await Eventually.IsTrue(() => Records().Count > 0, "a settled record");
        return Records()[^1];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        Directory.Delete(JournalDirectory, recursive: true);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}

/// <summary>A snapshot that changes only when a test says so.</summary>
internal sealed class FixedSnapshots : ISnapshots
{
    public GatewaySnapshot Current { get; set; } = GatewaySnapshot.Empty;
}
