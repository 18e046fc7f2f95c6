using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.TestKit.Databases;
using Switchyard.TestKit.Providers;

namespace Switchyard.EndToEnd.Tests.Running;

/// <summary>
/// A whole installation: database, mock providers of three dialects, the server with a provider for each, and a
/// key for clients. Models are named <c>openai/SCRIPT</c>, <c>anthropic/SCRIPT</c>, <c>ollama/SCRIPT</c>.
/// </summary>
public class RunningGateway : IAsyncLifetime
{
    /// <summary>The vendor's key that no client, log or error may ever show.</summary>
    public const string VendorKey = "sk-vendor-PLANTED-5d1c0e77a94b4f2f8e";

    /// <summary>What every provider of the installation is said to serve: scripts of the mock providers.</summary>
    private static readonly string[] Models =
    [
        "ok", "gpt-4o-mini", "embed", "unicode", "json", "echo", "extra", "tools", "parallel-tools", "401", "500", "429-retry-after-1", "400+quote", "503+quote", "error-after-0+quote",
        "cut-after-3", "rst-after-3", "no-done", "error-after-3", "stall-after-3", "tokens-100-6", "tokens-31-6",
        "tokens-50-7+cached-900-40", "tokens-10-500+pace-20ms", "tokens-11-500+pace-20ms", "tokens-13-500+pace-20ms",
    ];

    private HttpClient? _admin;

    public MockProviders Mock { get; private set; } = null!;

    public ServerProcess Server { get; private set; } = null!;

    /// <summary>Connection string of the server's database.</summary>
    public string Database { get; private set; } = "";

    /// <summary>A key with the scope <c>client</c>.</summary>
    public string ClientKey { get; private set; } = "";

    /// <summary>Speaks as the operator.</summary>
    public HttpClient Admin => _admin ??= Server.AsAdmin();

    public virtual async ValueTask InitializeAsync()
    {
        var databases = await PostgresServer.SharedAsync();
        Database = await databases.CreateEmptyAsync();
        Mock = await MockProviders.StartAsync();
        Server = await ServerProcess.StartAsync(Reach(Database), Environment);
        await AddProviderAsync("openai", "openai-compatible", Mock.OpenAi);
        await AddProviderAsync("anthropic", "anthropic", Mock.Address);
        await AddProviderAsync("ollama", "ollama", Mock.Address);
        ClientKey = await CreateKeyAsync("client");
        await Eventually.IsTrue(KnowsProvidersAsync, "the gateway serves the three providers");
        Mock.Bill.Clear();
    }

    public virtual async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        await Server.DisposeAsync();
        await Mock.DisposeAsync();
        await (await PostgresServer.SharedAsync()).DropAsync(Database);
    }

    /// <summary>Further environment variables of the server.</summary>
    protected virtual IReadOnlyDictionary<string, string>? Environment => null;

    /// <summary>The connection string by which the server reaches <paramref name="database"/>; null to use its embedded one instead.</summary>
    protected virtual string? Reach(string database) => database;

    /// <summary>Adds a provider on this machine and returns its id.</summary>
    public async Task<Guid> AddProviderAsync(string name, string kind, Uri endpoint)
    {
        var created = await SendAsync(HttpMethod.Post, "/admin/config/llm", new
        {
            name, kind, endpoint = endpoint.ToString().TrimEnd('/'), mode = "local",
            apiKey = kind == "ollama" ? null : VendorKey, models = Models,
        });
        return created.GetProperty("id").GetGuid();
    }

    /// <summary>Creates an API key and returns its secret.</summary>
    public async Task<string> CreateKeyAsync(params string[] scopes) =>
        (await SendAsync(HttpMethod.Post, "/api/admin/keys", new { name = $"test {string.Join('+', scopes)}", scopes })).GetProperty("secret").GetString()!;

    /// <summary>Sends JSON as the operator and returns the answer, which must be a success.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Admin.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private async Task<bool> KnowsProvidersAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Authorization = new("Bearer", ClientKey) } };
        using var response = await Admin.SendAsync(request);
        return response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync()) is var list
            && new[] { "openai", "anthropic", "ollama" }.All(name => list.Contains(name, StringComparison.Ordinal));
    }
}
