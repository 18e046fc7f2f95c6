using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Upstream;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Requests;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Providers;

/// <summary>Every kind of the catalogue, built and called against a server that records what it gets.</summary>
public sealed class ProviderKindTests : IAsyncLifetime
{
    private static readonly ProviderCatalog Catalog = new();

    private MockProviders _mock = null!;
    private UpstreamClient _upstream = null!;

    public async ValueTask InitializeAsync()
    {
        _mock = await MockProviders.StartAsync();
        _upstream = new UpstreamClient(Options.Create(new UpstreamOptions()), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _upstream.Dispose();
        await _mock.DisposeAsync();
    }

    [Fact]
    public void P01_every_kind_with_any_configuration_speaks_its_dialect_to_a_recorded_server()
    {
        var cases = from kind in Gen.Elements(Catalog.All.Where(kind => kind.InProcess is null).ToArray())
                    from prefix in Gen.Elements("", "/proxy", "/a/b")
                    from key in Gen.ArrayOf(Gen.Choose('!', '~').Select(c => (char)c)).Where(c => c.Length > 0).Select(c => new string(c))
                    from model in Gen.Elements("ok", "mock/ok", "gpt-5.4+x", "a:b@c", "模型")
                    from stream in ArbMap.Default.GeneratorFor<bool>()
                    from form in Gen.Elements("classic", "v1")
                    select (kind, prefix: kind.Dialect == Dialect.OllamaChat ? "" : prefix, key, model, stream, form);
        Invariant.Holds(cases, async c =>
        {
            var provider = ProviderOf(c.kind, c.prefix, c.key, c.model, c.form);
            _mock.Bill.Clear();
            var body = c.kind.ShortestCall(provider, c.model, c.stream);

            using var reply = await _upstream.SendAsync(new UpstreamCall(provider, UpstreamOperation.Chat, c.model, new PatchedBody([body])), default);
            var answer = await ReadAsync(reply);

            reply.Status.ShouldBe(200, answer);
            var call = _mock.Bill.Calls.ShouldHaveSingleItem();
            call.Body.ShouldBe(body);
            call.Stream.ShouldBe(c.stream);
            call.Path.ShouldStartWith(c.prefix);
            call.Dialect.ShouldBe(c.kind.Dialect switch { Dialect.AnthropicMessages => "anthropic", Dialect.OllamaChat => "ollama", _ => "openai" });
            KeyHeader(c.kind, call.Headers).ShouldBe(c.kind is { Id: "anthropic" or "azure-openai" } ? c.key : $"Bearer {c.key}");
            call.Headers.Where(header => header.Value.Contains(c.key, StringComparison.Ordinal) && c.key.Length > 8).Count().ShouldBeLessThanOrEqualTo(1);
            c.kind.Capabilities.Chat.ShouldBeTrue();
        }, cases: 150);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_lists_models_and_embeds_or_says_that_it_cannot(string id)
    {
        var kind = Catalog.Find(id)!;
        var provider = ProviderOf(kind, "", "sk-key", "ok", "classic");
        using var list = kind.ListModels(provider);
        using var answer = await _upstream.SendAsync(provider, list, default);
        kind.ReadModels(await answer.Content.ReadAsByteArrayAsync()).ShouldNotBeEmpty();

        var body = JsonSerializer.SerializeToUtf8Bytes(new { model = "text-embedding", input = "hello" });
        var request = kind.Embeddings(provider, "text-embedding", new ByteArrayContent(body));
        (request is not null).ShouldBe(kind.Capabilities.Embeddings);
        if (request is null) return;
        using var embedded = await _upstream.SendAsync(provider, request, default);
        var json = JsonElement.Parse(await embedded.Content.ReadAsByteArrayAsync());
        json.GetProperty("data")[0].GetProperty("embedding").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("openai", null, "/v1/chat/completions")]
    [InlineData("azure-openai", "classic", "/openai/deployments/ok/chat/completions?api-version=2024-10-21")]
    [InlineData("azure-openai", "v1", "/openai/v1/chat/completions")]
    [InlineData("anthropic", null, "/v1/messages")]
    [InlineData("qwen", null, "/compatible-mode/v1/chat/completions")]
    [InlineData("zhipu", null, "/api/paas/v4/chat/completions")]
    [InlineData("baidu", null, "/v2/chat/completions")]
    [InlineData("hunyuan", null, "/v1/chat/completions")]
    [InlineData("ollama", null, "/api/chat")]
    public void The_vendors_own_address_gives_the_vendors_own_path(string id, string? form, string path)
    {
        var kind = Catalog.Find(id)!;
        var provider = ProviderOf(kind, "", "k", "ok", form ?? "") with { Endpoint = new Uri(kind.DefaultEndpoint ?? "https://mine.openai.azure.com") };

        using var request = kind.Chat(provider, "ok", new ByteArrayContent([]));

        request.RequestUri!.PathAndQuery.ShouldBe(path);
        request.RequestUri.Host.ShouldBe(provider.Endpoint.Host);
    }

    [Fact]
    public void No_model_name_changes_host_or_path()
    {
        var names = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get),
            Gen.Elements("..", "../../x", "a/../../b", "..%2f..", "%2e%2e", "a?b", "a#b", "//evil.example", "\\\\evil.example", "@evil.example", "a\r\nHost: evil", "a\0b", "ok/.", "./ok", "．．", "a b", "http://evil.example/", "x/%2e%2e/y", "\u202e"));
        Invariant.Holds(from kind in Gen.Elements(Catalog.All.ToArray()) from name in names select (kind, name), c =>
        {
            var provider = ProviderOf(c.kind, "/base", "k", "ok", "classic");
            try
            {
                using var request = c.kind.Chat(provider, c.name, new ByteArrayContent([]));
                request.RequestUri!.Host.ShouldBe(provider.Endpoint.Host);
                request.RequestUri.Port.ShouldBe(provider.Endpoint.Port);
                using var plain = c.kind.Chat(provider, "ok", new ByteArrayContent([]));
                var (segments, expected) = (request.RequestUri.Segments, plain.RequestUri!.Segments);
                segments.Length.ShouldBe(expected.Length);
                segments.Zip(expected).Count(pair => pair.First != pair.Second).ShouldBeLessThanOrEqualTo(1);
                request.RequestUri.Query.ShouldBeOneOf("", "?api-version=2024-10-21");
            }
            catch (UnsafeModelNameException)
            {
                ModelName.IsSafe(c.name).ShouldBeFalse();
            }
        }, cases: 1000);
    }

    [Theory]
    [InlineData("qwen3-32b", false, true)]
    [InlineData("qwen3-235b-a22b", false, true)]
    [InlineData("qwen3-0.6b", false, true)]
    [InlineData("qwen3-32b", true, false)]
    [InlineData("qwen-plus", false, false)]
    [InlineData("qwen3-max", false, false)]
    [InlineData("qwen3-next-80b-a3b-thinking", false, false)]
    public void Open_qwen3_does_not_think_outside_of_streams(string model, bool stream, bool set) =>
        (Catalog.Find("qwen")!.FieldsToSet(model, stream)?["enable_thinking"].GetBoolean()).ShouldBe(set ? false : null);

    [Theory]
    [InlineData("openai", "gpt-5.4-mini", null, "max_completion_tokens")]
    [InlineData("openai", "o3", null, "max_completion_tokens")]
    [InlineData("openai", "gpt-4o-mini", null, null)]
    [InlineData("azure-openai", "gpt-5", null, "max_completion_tokens")]
    [InlineData("azure-openai", "our-deployment", null, null)]
    [InlineData("azure-openai", "our-deployment", "max_completion_tokens", "max_completion_tokens")]
    [InlineData("openai-compatible", "openai/o4-mini", null, "max_completion_tokens")]
    [InlineData("openai-compatible", "mistral-large", "max_tokens", "max_tokens")]
    [InlineData("openai-compatible", "mistral-large", null, null)]
    [InlineData("qwen", "qwen-plus", null, "max_tokens")]
    [InlineData("zhipu", "glm-4.6", null, "max_tokens")]
    [InlineData("hunyuan", "hunyuan-lite", null, "max_tokens")]
    public void Each_vendors_model_says_under_which_name_it_takes_the_cap_on_output(string id, string model, string? setting, string? field)
    {
        var kind = Catalog.Find(id)!;
        var provider = ProviderOf(kind, "", "k", model, "classic");
        if (setting is not null) provider = provider with { Options = new Dictionary<string, string> { ["output-cap"] = setting } };

        kind.OutputCapField(provider, model).ShouldBe(field);
        var test = JsonElement.Parse(kind.ShortestCall(provider, model, stream: false));
        test.GetProperty(field ?? "max_tokens").GetInt32().ShouldBe(model.Contains("gpt-5", StringComparison.Ordinal) || model is "o3" or "openai/o4-mini" ? 1024 : 1);
    }

    [Fact]
    public async Task Baidus_application_and_openais_project_go_into_headers()
    {
        var baidu = ProviderOf(Catalog.Find("baidu")!, "", "k", "ok", "") with { Options = new Dictionary<string, string> { ["appid"] = "app-1" } };
        using var reply = await _upstream.SendAsync(new UpstreamCall(baidu, UpstreamOperation.Chat, "ok", new PatchedBody([baidu.Kind.ShortestCall(baidu, "ok", false)])), default);
        _mock.Bill.Calls.Single().Headers["appid"].ShouldBe("app-1");
    }

    public static TheoryData<string> Kinds => [.. Catalog.All.Where(kind => kind.InProcess is null).Select(kind => kind.Id)];

    private Provider ProviderOf(ProviderKind kind, string prefix, string key, string model, string form) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Guid.CreateVersion7(),
        Name = "test",
        Kind = kind,
        Endpoint = new Uri(_mock.Address, prefix + (kind.Dialect == Dialect.OpenAiChat && kind.Id != "azure-openai" ? "/v1" : "")),
        Mode = DeploymentMode.Local,
        ApiKey = key,
        Models = [model],
        Options = kind.Options.Any(option => option.Name == "api-form") ? new Dictionary<string, string> { ["api-form"] = form } : new Dictionary<string, string>(),
    };

    private static string? KeyHeader(ProviderKind kind, IReadOnlyDictionary<string, string> headers)
    {
        var name = kind.Id switch { "anthropic" => "x-api-key", "azure-openai" => "api-key", _ => "authorization" };
        return headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    private static async Task<string> ReadAsync(UpstreamReply reply)
    {
        using var all = new MemoryStream();
        var buffer = new byte[4096];
        while (await reply.ReadAsync(buffer, default) is > 0 and var read) all.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
