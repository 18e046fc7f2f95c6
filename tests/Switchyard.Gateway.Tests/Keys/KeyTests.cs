using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Switchyard.Gateway.Keys;
using Switchyard.Platform.Access;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Keys;

public sealed class KeyTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    [Fact]
    public async Task A_key_shows_its_secret_once_and_works_at_once()
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);

        var (status, created) = await node.SendAsync(HttpMethod.Post, "/api/admin/keys", new { name = "app", scopes = new[] { "client" }, allowedModels = new[] { "gpt-*", "fast" } });
        status.ShouldBe(201);
        var secret = created!.Value.GetProperty("secret").GetString()!;
        secret.ShouldStartWith(created.Value.GetProperty("prefix").GetString()!);
        var id = created.Value.GetProperty("id").GetGuid();

        var (_, shown) = await node.SendAsync(HttpMethod.Get, $"/api/admin/keys/{id}");
        shown!.Value.TryGetProperty("secret", out _).ShouldBeFalse();
        shown.Value.GetProperty("allowedModels").EnumerateArray().Select(m => m.GetString()).ShouldBe(["gpt-*", "fast"]);
        shown.Value.GetProperty("status").GetString().ShouldBe("active");
        var (_, list) = await node.SendAsync(HttpMethod.Get, "/api/admin/keys");
        list!.Value.GetRawText().ShouldNotContain(secret);
        (await node.ScalarAsync<int>("select count(*) from platform.api_keys k where k::text like '%' || @secret || '%'", new { secret })).ShouldBe(0);
        (await StatusAsync(node, secret)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_here_and_soon_on_every_other_node()
    {
        await using var here = await GatewayHost.StartAsync(database.ConnectionString);
        await using var there = await GatewayHost.StartAsync(database.ConnectionString);
        var (id, secret) = await CreateAsync(here, "short-lived");
        await Eventually.IsTrue(async () => await StatusAsync(there, secret) == HttpStatusCode.OK, "the other node knows the key");

        (await here.SendAsync(HttpMethod.Delete, $"/api/admin/keys/{id}")).Status.ShouldBe(204);

        (await StatusAsync(here, secret)).ShouldBe(HttpStatusCode.Unauthorized);
        await Eventually.IsTrue(async () => await StatusAsync(there, secret) == HttpStatusCode.Unauthorized, "refused on the other node");
        (await here.SendAsync(HttpMethod.Delete, $"/api/admin/keys/{id}")).Status.ShouldBe(404);
        (await here.SendAsync(HttpMethod.Patch, $"/api/admin/keys/{id}", new { name = "back" })).Status.ShouldBe(404);
        (await here.SendAsync(HttpMethod.Get, $"/api/admin/keys/{id}")).Body!.Value.GetProperty("status").GetString().ShouldBe("revoked");
    }

    [Fact]
    public async Task A_call_that_is_cut_because_its_key_is_revoked_is_recorded_as_that()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);
        var (created, body) = await node.SendAsync(HttpMethod.Post, "/admin/config/llm", new { name = "stalling", kind = "openai-compatible", endpoint = mock.OpenAi, mode = "local", models = new[] { "stall-after-3" } });
        created.ShouldBe(201, body?.GetRawText());
        var (id, secret) = await CreateAsync(node, "cut off");
        await Eventually.IsTrue(() => node.Get<Switchyard.Gateway.Configuration.ISnapshots>().Current.Tenants.Values.Any(t => t.ByName.ContainsKey("stalling")), "the provider is in the snapshot");
        using var client = TestHttp.Client(node.Admin.BaseAddress!);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Headers = { { "x-api-key", secret } } };
        request.Content = JsonContent.Create(new { model = "stalling/stall-after-3", stream = true, messages = new[] { new { role = "user", content = "hi" } } });
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await node.SendAsync(HttpMethod.Delete, $"/api/admin/keys/{id}")).Status.ShouldBe(204);

        await Eventually.IsTrue(() => mock.Bill.Calls.Single().Outcome == CallOutcome.Aborted, "the provider is told", TimeSpan.FromSeconds(30));
        await Eventually.Pass(async () =>
        {
            var (_, log) = await node.SendAsync(HttpMethod.Get, "/api/v1/llm/requests?provider=stalling");
            var call = log!.Value.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
            call.GetProperty("status").GetString().ShouldBe("aborted");
            call.GetProperty("errorClass").GetString().ShouldBe("access_revoked");
        });
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_null_means_never()
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);
        var (id, _) = await CreateAsync(node, "patched", DateTimeOffset.UnixEpoch.AddYears(62));

        var (_, kept) = await node.SendAsync(HttpMethod.Patch, $"/api/admin/keys/{id}", """{"name":"new name"}""");
        kept!.Value.GetProperty("expiresAt").ValueKind.ShouldBe(JsonValueKind.String);
        kept.Value.GetProperty("name").GetString().ShouldBe("new name");
        var (_, cleared) = await node.SendAsync(HttpMethod.Patch, $"/api/admin/keys/{id}", """{"expiresAt":null,"allowedModels":["a"],"scopes":["viewer"]}""");
        cleared!.Value.GetProperty("expiresAt").ValueKind.ShouldBe(JsonValueKind.Null);
        cleared.Value.GetProperty("name").GetString().ShouldBe("new name");
        cleared.Value.GetProperty("scopes")[0].GetString().ShouldBe("viewer");
        var (_, opened) = await node.SendAsync(HttpMethod.Patch, $"/api/admin/keys/{id}", """{"allowedModels":[]}""");
        opened!.Value.GetProperty("allowedModels").GetArrayLength().ShouldBe(0);
        node.Get<KeyPolicies>().Allows(CallerOf(id), "anything").ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["client"]}""", "field_required")]
    [InlineData("""{"name":"x","scopes":[]}""", "field_required")]
    [InlineData("""{"name":"x","scopes":["god"]}""", "value_not_allowed")]
    [InlineData("""{"name":"x","scopes":["client"],"expiresAt":"2001-01-01T00:00:00Z"}""", "value_out_of_range")]
    [InlineData("""{"name":"x","scopes":["client"],"allowedModels":["a*b"]}""", "value_malformed")]
    [InlineData("""{"name":"x","scopes":["client"],"allowedModels":[""]}""", "field_required")]
    [InlineData("""{"name":"x","scopes":["client"],"secret":"sy-mine"}""", "unknown_field")]
    [InlineData("""{"name":"x","scopes":["client"],"owner":"root"}""", "unknown_field")]
    public async Task Bad_input_is_refused_by_name(string body, string code)
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);

        var (status, problem) = await node.SendAsync(HttpMethod.Post, "/api/admin/keys", body);

        status.ShouldBe(400, problem?.GetRawText());
        problem!.Value.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task A_key_held_to_models_cannot_make_one_that_is_not_and_its_limits_reach_its_children()
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);
        var (_, parent) = await node.SendAsync(HttpMethod.Post, "/api/admin/keys", new { name = "parent", scopes = new[] { "admin" }, allowedModels = new[] { "gpt-*" } });
        var parentId = parent!.Value.GetProperty("id").GetGuid();
        using var maker = TestHttp.Client(node.Admin.BaseAddress!);
        maker.DefaultRequestHeaders.Add("x-api-key", parent.Value.GetProperty("secret").GetString());

        (await PostAsync("""{"name":"all","scopes":["client"]}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("""{"name":"other","scopes":["client"],"allowedModels":["claude-*"]}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("""{"name":"wider","scopes":["client"],"allowedModels":["*"]}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var made = await PostAsync("""{"name":"narrower","scopes":["client"],"allowedModels":["gpt-4*"]}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var child = CallerOf(JsonElement.Parse(await made.Content.ReadAsStringAsync()).GetProperty("id").GetGuid());
        var policies = node.Get<KeyPolicies>();
        policies.Allows(child, "gpt-4o").ShouldBeTrue();
        policies.Allows(child, "openai/gpt-4o").ShouldBeTrue();
        policies.Allows(child, "gpt-5").ShouldBeFalse();

        (await node.SendAsync(HttpMethod.Patch, $"/api/admin/keys/{parentId}", new { allowedModels = new[] { "o3" } })).Status.ShouldBe(200);
        policies.Allows(child, "gpt-4o").ShouldBeFalse();
        policies.Check(child, "gpt-4o")!.Code.ShouldBe("model_not_allowed");

        Task<HttpResponseMessage> PostAsync(string body) => maker.PostAsync("/api/admin/keys", new StringContent(body, Encoding.UTF8, "application/json"));
    }

    [Fact]
    public async Task A_restricted_key_whose_policy_is_not_at_hand_may_nothing()
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);
        var (_, created) = await node.SendAsync(HttpMethod.Post, "/api/admin/keys", new { name = "held", scopes = new[] { "client" }, allowedModels = new[] { "gpt-4o" } });
        var key = CallerOf(created!.Value.GetProperty("id").GetGuid());
        var policies = node.Get<KeyPolicies>();
        policies.Allows(key, "gpt-4o").ShouldBeTrue();

        await node.ScalarAsync<int>("delete from gateway.key_policies where key_id = @Id", new { key.Id });
        await policies.RefreshAsync(default);

        policies.Allows(key, "gpt-4o").ShouldBeFalse();
        policies.Allows(CallerOf(Guid.CreateVersion7()), "gpt-4o").ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_and_their_models_are_known_without_the_database()
    {
        string data;
        string secret;
        Guid id;
        await using (var before = await GatewayHost.StartAsync(database.ConnectionString))
        {
            var (_, created) = await before.SendAsync(HttpMethod.Post, "/api/admin/keys", new { name = "survivor", scopes = new[] { "client" }, allowedModels = new[] { "gpt-4o" } });
            (data, secret, id) = (before.Data, created!.Value.GetProperty("secret").GetString()!, created.Value.GetProperty("id").GetGuid());
        }

        await using var node = await GatewayHost.StartAsync("Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=1", data, migrate: false);

        (await StatusAsync(node, secret)).ShouldBe(HttpStatusCode.OK);
        node.Get<KeyPolicies>().Allows(CallerOf(id), "gpt-4o").ShouldBeTrue();
        node.Get<KeyPolicies>().Allows(CallerOf(id), "o3").ShouldBeFalse();
        (await node.SendAsync(HttpMethod.Post, "/api/admin/keys", new { name = "n", scopes = new[] { "client" } })).Status.ShouldBe(503);
    }

    [Fact]
    public async Task Another_tenants_keys_are_not_found()
    {
        await using var node = await GatewayHost.StartAsync(database.ConnectionString);
        var (id, _) = await CreateAsync(node, "ours");
        var tenant = Guid.CreateVersion7();
        await node.ScalarAsync<int>("insert into platform.tenants (id, name) values (@tenant, 'other')", new { tenant });
        var other = new Caller(tenant, CallerKind.AdminToken, null, "other", GrantSets.Of("admin"));
        var theirs = await node.Get<KeyEditor>().CreateAsync(other, "theirs", ["admin"], null, null, default);
        using var client = TestHttp.Client(node.Admin.BaseAddress!);
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {theirs.Value.Secret}");

        (await client.GetAsync($"/api/admin/keys/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PatchAsJsonAsync($"/api/admin/keys/{id}", new { name = "mine" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.DeleteAsync($"/api/admin/keys/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetFromJsonAsync<JsonElement>("/api/admin/keys")).GetProperty("items").EnumerateArray()
            .Select(k => k.GetProperty("name").GetString()).ShouldBe(["theirs"]);
    }

    [Fact]
    public void A_policy_covers_exactly_those_that_allow_no_more()
    {
        string[] names = ["a", "ab", "abc", "b", "p/a", "p/ab", "p/b"];
        var entries = Gen.Elements("a", "ab", "abc", "b", "a*", "ab*", "*", "p/a", "p/*", "p/ab").NonEmptyListOf();
        Invariant.Holds(
            from parent in entries from child in entries select (parent, child),
            pair =>
            {
                var parent = new KeyPolicy([.. pair.parent]);
                var child = new KeyPolicy([.. pair.child]);
                if (!parent.Covers(child)) return;
                foreach (var name in names) (parent.Allows(name) || !child.Allows(name)).ShouldBeTrue($"{name} is allowed to the child only");
            },
            cases: 500);
    }

    private static Caller CallerOf(Guid key) => new(Tenants.Default, CallerKind.ApiKey, key, "key", Grants.Client);

    private static async Task<(Guid Id, string Secret)> CreateAsync(GatewayHost node, string name, DateTimeOffset? expiresAt = null)
    {
        var (status, body) = await node.SendAsync(HttpMethod.Post, "/api/admin/keys", new { name, scopes = new[] { "client" }, expiresAt });
        status.ShouldBe(201, body?.GetRawText());
        return (body!.Value.GetProperty("id").GetGuid(), body.Value.GetProperty("secret").GetString()!);
    }

    private static async Task<HttpStatusCode> StatusAsync(GatewayHost node, string secret)
    {
        using var client = TestHttp.Client(node.Admin.BaseAddress!);
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {secret}");
        using var response = await client.GetAsync("/v1/models");
        return response.StatusCode;
    }
}
