using System.Text.Json;
using Switchyard.Gateway.Configuration;
using Switchyard.Platform.Access;

namespace Switchyard.Gateway.Tests.Configuration;

public sealed class ProviderCrudTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private const string Path = "/admin/config/llm";
    private const string Key = "sk-planted-0123456789abcd";

    private GatewayHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await GatewayHost.StartAsync(database.ConnectionString);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_created_provider_is_shown_with_its_key_masked_and_is_callable_at_once()
    {
        var name = NewName();
        var (status, created) = await _host.SendAsync(HttpMethod.Post, Path, OpenAi(name));

        status.ShouldBe(201);
        created!.Value.GetRawText().ShouldNotContain(Key);
        created.Value.GetProperty("keyHint").GetString().ShouldBe("abcd");
        created.Value.GetProperty("hasKey").GetBoolean().ShouldBeTrue();
        created.Value.GetProperty("status").GetString().ShouldBe("ready");

        var provider = _host.Get<ISnapshots>().Current.Tenants[Tenants.Default].ByName[name.ToLowerInvariant()];
        provider.ApiKey.ShouldBe(Key);
        provider.Endpoint.ShouldBe(new Uri("https://api.openai.com/v1"));

        var (_, listed) = await _host.SendAsync(HttpMethod.Get, Path);
        listed!.Value.GetRawText().ShouldNotContain(Key);
        listed.Value.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()).ShouldContain(name);
    }

    [Fact]
    public async Task Every_invalid_field_is_reported_at_once_with_its_cure_in_the_callers_language()
    {
        var body = new
        {
            name = "a b", kind = "nothing", endpoint = "ftp://x", mode = "moon", apiKey = "with space inside", models = new[] { "ok", "../up", "ok" },
            connectTimeoutMs = 1, totalTimeoutMs = 0,
        };
        var (status, problem) = await _host.SendAsync(HttpMethod.Post, Path, body, language: "zh-CN");

        status.ShouldBe(400);
        var errors = problem!.Value.GetProperty("errors").EnumerateArray().ToArray();
        errors.Select(e => e.GetProperty("field").GetString())
            .ShouldBe(["name", "kind", "mode", "endpoint", "apiKey", "models[1]", "models[2]", "connectTimeoutMs", "totalTimeoutMs"]);
        errors.ShouldAllBe(e => e.GetProperty("cure").GetString()!.Any(c => c > 0x4e00));
        problem.Value.GetRawText().ShouldNotContain("with space inside");
    }

    [Theory]
    [InlineData("""{"name":"x","kind":"openai","models":["m"],"apiKey":"k","active":true}""", "unknown_field", "active")]
    [InlineData("""{"name":"x","name":"y","kind":"openai","models":["m"],"apiKey":"k"}""", "duplicate_field", null)]
    [InlineData("""{"name":1,"kind":"openai"}""", "wrong_type", "name")]
    [InlineData("""{"name":"x","options":{"a":{"b":1}}}""", "wrong_type", null)]
    [InlineData("""{"name":"x",""", "invalid_json", null)]
    public async Task Sloppy_json_is_refused_naming_the_field(string json, string code, string? field)
    {
        var (status, problem) = await _host.SendAsync(HttpMethod.Post, Path, json);

        status.ShouldBe(400);
        problem!.Value.GetProperty("code").GetString().ShouldBe(code);
        if (field is not null) problem.Value.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_name_can_be_used_once_whatever_its_case()
    {
        var name = NewName();
        await CreateAsync(OpenAi(name));

        var (status, problem) = await _host.SendAsync(HttpMethod.Post, Path, OpenAi(name.ToUpperInvariant()));

        status.ShouldBe(409);
        problem!.Value.GetProperty("field").GetString().ShouldBe("name");
    }

    [Fact]
    public async Task An_omitted_key_stays_and_an_old_version_is_refused()
    {
        var (id, name) = await CreateAsync(OpenAi(NewName()));
        var form = new { name, kind = "openai", endpoint = "https://api.openai.com/v1", models = new[] { "gpt-5.4" } };

        (await _host.SendAsync(HttpMethod.Put, $"{Path}/{id}", form)).Status.ShouldBe(428);
        var (status, updated) = await _host.SendAsync(HttpMethod.Put, $"{Path}/{id}", form, "\"1\"");
        status.ShouldBe(200);
        updated!.Value.GetProperty("hasKey").GetBoolean().ShouldBeTrue();
        updated.Value.TryGetProperty("keyErased", out var erased).ShouldBe(erased.ValueKind is not JsonValueKind.Undefined);
        Snapshot(name).ApiKey.ShouldBe(Key);
        Snapshot(name).Models.ShouldBe(["gpt-5.4"]);

        (await _host.SendAsync(HttpMethod.Put, $"{Path}/{id}", form, "\"1\"")).Status.ShouldBe(412);
    }

    [Theory]
    [InlineData("https://attacker.example/v1")]
    [InlineData("https://api.openai.com:444/v1")]
    [InlineData("https://api.openai.com.attacker.example/v1")]
    [InlineData("https://xn--pi-openai-com.example/v1")]
    public async Task Changing_host_or_port_erases_the_stored_key_and_says_so(string endpoint)
    {
        var (id, name) = await CreateAsync(OpenAi(NewName()));

        var (status, updated) = await _host.SendAsync(
            HttpMethod.Put, $"{Path}/{id}", new { name, kind = "openai", endpoint, models = new[] { "gpt-5.4" } }, "\"1\"");

        status.ShouldBe(200);
        updated!.Value.GetProperty("keyErased").GetBoolean().ShouldBeTrue();
        updated.Value.GetProperty("hasKey").GetBoolean().ShouldBeFalse();
        updated.Value.GetProperty("status").GetString().ShouldBe("needs-key");
        Snapshot(name).ApiKey.ShouldBeNull();
        (await _host.ScalarAsync<bool>("select key_sealed is null and key_hint is null from gateway.providers where id = @id", new { id })).ShouldBeTrue();
    }

    [Fact]
    public async Task Changing_the_scheme_erases_the_stored_key()
    {
        var name = NewName();
        var (id, _) = await CreateAsync(new { name, kind = "openai-compatible", endpoint = "https://127.0.0.1:8443/v1", mode = "local", apiKey = Key, models = new[] { "m" } });

        var (_, updated) = await _host.SendAsync(
            HttpMethod.Put, $"{Path}/{id}", new { name, kind = "openai-compatible", endpoint = "http://127.0.0.1:8443/v1", mode = "local", models = new[] { "m" } }, "*");

        updated!.Value.GetProperty("keyErased").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_of_path_or_of_the_hosts_case_keeps_the_key()
    {
        var (id, name) = await CreateAsync(OpenAi(NewName()));

        var (_, updated) = await _host.SendAsync(
            HttpMethod.Put, $"{Path}/{id}", new { name, kind = "openai", endpoint = "https://API.OpenAI.com/v2/", models = new[] { "m" } }, "*");

        updated!.Value.GetProperty("hasKey").GetBoolean().ShouldBeTrue();
        updated.Value.GetProperty("endpoint").GetString().ShouldBe("https://api.openai.com/v2");
    }

    [Theory]
    [InlineData("http://api.openai.com/v1", "endpoint_insecure")]
    [InlineData("https://127.0.0.1/v1", "endpoint_private")]
    [InlineData("https://localhost/v1", "endpoint_private")]
    [InlineData("https://x.localhost./v1", "endpoint_private")]
    [InlineData("https://2130706433/", "endpoint_private")]
    [InlineData("https://0x7f.1/", "endpoint_private")]
    [InlineData("https://017700000001/", "endpoint_private")]
    [InlineData("https://①②⑦.⓪.⓪.①/", "endpoint_private")]
    [InlineData("https://[::1]/", "endpoint_private")]
    [InlineData("https://[::ffff:10.0.0.1]/", "endpoint_private")]
    [InlineData("https://[64:ff9b::a00:1]/", "endpoint_private")]
    [InlineData("https://[fe80::1]/", "endpoint_private")]
    [InlineData("https://169.254.169.254/latest/meta-data", "endpoint_private")]
    [InlineData("https://100.64.0.1/", "endpoint_private")]
    [InlineData("https://10.1.2.3/", "endpoint_private")]
    [InlineData("https://0.0.0.0/", "endpoint_private")]
    [InlineData("https://api.openai.com@127.0.0.1/", "endpoint_has_credentials")]
    [InlineData("https://user:secret@api.openai.com/", "endpoint_has_credentials")]
    [InlineData("https://api.openai.com\\@127.0.0.1/", "endpoint_malformed")]
    [InlineData("https://api.openai.com/v1?x=1", "endpoint_has_query")]
    [InlineData("https://api.openai.com/v1#x", "endpoint_has_query")]
    [InlineData("https://api.openai.com/%2e%2e/", "endpoint_malformed")]
    [InlineData("https://api.openai.com/\r\nx: y", "endpoint_malformed")]
    [InlineData("https://api.openai.com/v1/../admin", "endpoint_malformed")]
    [InlineData("https://api.openai.com/./v1", "endpoint_malformed")]
    [InlineData("https://api.openai.com/v1/..", "endpoint_malformed")]
    [InlineData("file:///etc/passwd", "endpoint_malformed")]
    [InlineData("gopher://x/", "endpoint_malformed")]
    [InlineData("//api.openai.com", "endpoint_malformed")]
    [InlineData("https://", "endpoint_malformed")]
    public async Task An_address_that_a_cloud_provider_must_not_have_is_refused(string endpoint, string code)
    {
        var (status, problem) = await _host.SendAsync(
            HttpMethod.Post, Path, new { name = NewName(), kind = "openai", mode = "cloud", endpoint, apiKey = Key, models = new[] { "m" } });

        status.ShouldBe(400);
        problem!.Value.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        problem.Value.GetRawText().ShouldNotContain(Key);
    }

    [Fact]
    public async Task A_local_provider_may_be_on_this_machine_but_not_on_a_network_that_nobody_allowed()
    {
        (await _host.SendAsync(HttpMethod.Post, Path, new { name = NewName(), kind = "ollama", models = new[] { "m" } })).Status.ShouldBe(201);
        (await _host.SendAsync(HttpMethod.Post, Path, new { name = NewName(), kind = "ollama", endpoint = "http://10.9.8.7:11434", models = new[] { "m" } })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Another_tenants_provider_does_not_exist()
    {
        var (id, _) = await CreateAsync(OpenAi(NewName()));
        var stranger = GatewayHost.AdminCaller with { TenantId = Guid.CreateVersion7() };
        var editor = _host.Get<ProviderEditor>();

        (await editor.DeleteAsync(stranger, id, null, default)).Problem!.Status.ShouldBe(404);
        (await editor.UpdateAsync(stranger, id, null, new ProviderForm(), default)).Problem!.Status.ShouldBe(404);
        (await _host.Get<ProviderStore>().FindAsync(stranger.TenantId, id, default)).ShouldBeNull();
        (await _host.SendAsync(HttpMethod.Get, $"{Path}/{Guid.CreateVersion7()}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Every_change_is_audited_and_told_without_the_key()
    {
        var (id, name) = await CreateAsync(OpenAi(NewName()));
        await _host.SendAsync(HttpMethod.Put, $"{Path}/{id}", OpenAi(name), "*");
        (await _host.SendAsync(HttpMethod.Delete, $"{Path}/{id}")).Status.ShouldBe(204);

        var actions = await _host.ScalarAsync<string>("select string_agg(action, ',' order by sequence) from platform.audit where resource_id = @id", new { id = id.ToString() });
        actions.ShouldBe("create,update,delete");
        var changes = await _host.ScalarAsync<string>("select string_agg(payload->>'change', ',' order by sequence) from platform.events where subject = @id", new { id = id.ToString() });
        changes.ShouldBe("created,updated,deleted");
        (await _host.ScalarAsync<long>("select count(*) from platform.audit where concat(before, after) like '%' || @Key || '%'", new { Key })).ShouldBe(0);
        (await _host.ScalarAsync<long>("select count(*) from gateway.providers where position(convert_to(@Key, 'utf8') in key_sealed) > 0", new { Key })).ShouldBe(0);
    }

    [Fact]
    public async Task The_kinds_describe_their_forms()
    {
        var (status, kinds) = await _host.SendAsync(HttpMethod.Get, $"{Path}/kinds");

        status.ShouldBe(200);
        kinds!.Value.GetProperty("items").EnumerateArray().Select(kind => kind.GetProperty("id").GetString()).ShouldBe(
            ["anthropic", "azure-openai", "baidu", "hunyuan", "ollama", "openai", "openai-compatible", "qwen", "simulator", "zhipu"]);
    }

    private Gateway.Providers.Provider Snapshot(string name) => _host.Get<ISnapshots>().Current.Tenants[Tenants.Default].ByName[name];

    private static string NewName() => $"p-{Guid.CreateVersion7():n}";

    private static object OpenAi(string name) => new { name, kind = "openai", apiKey = Key, models = new[] { "gpt-5.4-mini" } };

    private async Task<(Guid Id, string Name)> CreateAsync(object form)
    {
        var (status, created) = await _host.SendAsync(HttpMethod.Post, Path, form);
        status.ShouldBe(201);
        return (created!.Value.GetProperty("id").GetGuid(), created.Value.GetProperty("name").GetString()!);
    }
}
