using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Switchyard.Contracts.Flags;
using Switchyard.Platform.Access;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Flags;
using Switchyard.Platform.Tests.Access;

namespace Switchyard.Platform.Tests.Flags;

public sealed class FlagTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    [Fact]
    public async Task A_change_takes_effect_on_every_node_within_two_seconds()
    {
        await using var here = await AccessNode.StartAsync(database.ConnectionString);
        await using var there = await AccessNode.StartAsync(database.ConnectionString);
        foreach (var (settings, on) in new[]
        {
            (new FlagSettings("on"), true), (new FlagSettings("on", Kill: true), false), (new FlagSettings("on", Kill: false), true), (new FlagSettings("off"), false),
        })
        {
            (await here.Get<FlagEditor>().SetAsync(AccessNode.Operator, "quick", settings, null, default)).Ok.ShouldBeTrue();
            (await IsOnAsync(here, "quick", "k")).ShouldBe(on);
            await Eventually.IsTrue(async () => await IsOnAsync(there, "quick", "k") == on, "the other node", TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task A_percentage_sticks_to_the_key_is_close_to_its_share_and_only_grows()
    {
        await using var here = await AccessNode.StartAsync(database.ConnectionString);
        await using var there = await AccessNode.StartAsync(database.ConnectionString);
        var keys = Enumerable.Range(0, 4000).Select(i => $"user-{i}").ToArray();
        var number = 0;

        Invariant.Holds(
            from a in Gen.Choose(0, 100) from b in Gen.Choose(0, 100) select (a, b),
            async shares =>
            {
                var name = $"share-{number++}";
                var (small, large) = (Math.Min(shares.a, shares.b), Math.Max(shares.a, shares.b));
                var few = await OnAsync(here, name, small);
                few.ShouldBe(await EvaluateAsync(here, name, keys), "asked again");
                var many = await OnAsync(here, name, large);
                few.IsSubsetOf(many).ShouldBeTrue("who had it keeps it");

                // Five standard deviations of a fair coin of this bias.
                Close(few.Count, small);
                Close(many.Count, large);
            },
            cases: 100);

        // Another node, loaded from the database, says the same for every key.
        await there.Get<FlagRing>().RefreshAsync(default);
        (await EvaluateAsync(there, "share-0", keys)).ShouldBe(await EvaluateAsync(here, "share-0", keys));

        async Task<HashSet<string>> OnAsync(AccessNode node, string name, int share)
        {
            await node.Get<FlagEditor>().SetAsync(AccessNode.Operator, name, new FlagSettings("percentage", share), null, default);
            return await EvaluateAsync(node, name, keys);
        }

        void Close(int count, int share)
        {
            var p = share / 100.0;
            Math.Abs(count - (keys.Length * p)).ShouldBeLessThanOrEqualTo((5 * Math.Sqrt(keys.Length * p * (1 - p))) + 1);
        }
    }

    [Fact]
    public async Task Targets_have_it_and_the_kill_switch_takes_it_from_everybody()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var editor = node.Get<FlagEditor>();
        await editor.SetAsync(AccessNode.Operator, "beta", new FlagSettings("percentage", 0, ["vip", "tester"]), null, default);
        (await EvaluateAsync(node, "beta", "vip")).ShouldBe(new FlagEvaluation(true, "target"));
        (await EvaluateAsync(node, "beta", "other")).ShouldBe(new FlagEvaluation(false, "percentage"));

        await editor.SetAsync(AccessNode.Operator, "beta", new FlagSettings("percentage", Kill: true), null, default);
        (await EvaluateAsync(node, "beta", "vip")).ShouldBe(new FlagEvaluation(false, "kill-switch"));
        (await EvaluateAsync(node, "never-defined", "vip")).ShouldBe(new FlagEvaluation(false, "unknown"));
    }

    [Fact]
    public async Task The_environment_overrides_the_database_but_not_the_kill_switch()
    {
        await using var node = await AccessNode.StartAsync(
            database.ConnectionString, null, ("SWITCHYARD_FLAG_FORCED_ON", "on"), ("SWITCHYARD_FLAG_ONLY_HERE", "100%"));
        var editor = node.Get<FlagEditor>();
        await editor.SetAsync(AccessNode.Operator, "forced-on", new FlagSettings("off"), null, default);
        (await EvaluateAsync(node, "forced-on", "k")).ShouldBe(new FlagEvaluation(true, "environment"));
        (await EvaluateAsync(node, "only-here", "k")).ShouldBe(new FlagEvaluation(true, "environment"));
        (await node.Get<FlagStore>().ListAsync(Tenants.Default, default)).Where(f => f.Source == "environment").Select(f => f.Name)
            .ShouldBe(["forced-on", "only-here"]);

        await editor.SetAsync(AccessNode.Operator, "forced-on", new FlagSettings("off", Kill: true), null, default);
        (await EvaluateAsync(node, "forced-on", "k")).ShouldBe(new FlagEvaluation(false, "kill-switch"));

        var wrong = await Should.ThrowAsync<ConfigurationException>(() => AccessNode.StartAsync(database.ConnectionString, null, ("SWITCHYARD_FLAG_X", "maybe")));
        wrong.Message.ShouldContain("SWITCHYARD_FLAG_X");
    }

    [Fact]
    public async Task Every_version_is_kept_and_can_be_gone_back_to()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        using var admin = node.Admin();
        var first = await PutAsync("""{"state":"percentage","percentage":12.5,"targets":["a"],"description":"one"}""");
        first.Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await PutAsync("""{"state":"on"}""", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PutAsync("""{"state":"off"}""", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await admin.DeleteAsync("/api/admin/flags/kept")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await admin.DeleteAsync("/api/admin/flags/kept")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var reverted = await admin.PostAsJsonAsync("/api/admin/flags/kept/revert", new { version = 1 });
        var flag = JsonElement.Parse(await reverted.Content.ReadAsStringAsync());
        flag.GetProperty("percentage").GetRawText().ShouldBe("12.5");
        flag.GetProperty("version").GetInt64().ShouldBe(4);
        flag.GetProperty("targets")[0].GetString().ShouldBe("a");
        using var noSuch = await admin.PostAsJsonAsync("/api/admin/flags/kept/revert", new { version = 3 });
        noSuch.StatusCode.ShouldBe(HttpStatusCode.NotFound, "version 3 is the removal");
        var history = (await admin.GetFromJsonAsync<JsonElement>("/api/admin/flags/kept/history")).GetProperty("items");
        history.EnumerateArray().Select(v => (v.GetProperty("version").GetInt64(), v.GetProperty("removed").GetBoolean()))
            .ShouldBe([(4, false), (3, true), (2, false), (1, false)]);

        async Task<HttpResponseMessage> PutAsync(string body, string? ifMatch = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/api/admin/flags/kept") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (ifMatch is not null) request.Headers.Add("If-Match", ifMatch);
            return await admin.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("ok", """{"state":"maybe"}""", "value_not_allowed")]
    [InlineData("fresh", """{"state":"percentage"}""", "field_required")]
    [InlineData("ok", """{"state":"percentage","percentage":100.5}""", "value_out_of_range")]
    [InlineData("ok", """{"state":"percentage","percentage":-1}""", "value_out_of_range")]
    [InlineData("Not-Lower", """{"state":"on"}""", "value_malformed")]
    [InlineData("ok", """{"state":"on","targets":["a\u0000"]}""", "control_character")]
    [InlineData("ok", """{"state":"on","version":7}""", "unknown_field")]
    public async Task Bad_input_is_refused_by_name(string name, string body, string code)
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        using var admin = node.Admin();

        using var response = await admin.PutAsync($"/api/admin/flags/{name}", new StringContent(body, Encoding.UTF8, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await AccessNode.CodeAsync(response)).ShouldBe(code);
    }

    [Fact]
    public async Task Flags_belong_to_their_tenant()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var other = await OtherTenant.CallerAsync(node);
        await node.Get<FlagEditor>().SetAsync(AccessNode.Operator, "ours", new FlagSettings("on"), null, default);

        (await node.Get<IFlags>().IsOnAsync(other.TenantId, "ours", "k", default)).ShouldBeFalse();
        (await node.Get<FlagEditor>().RemoveAsync(other, "ours", default))!.Status.ShouldBe(404);
        (await node.Get<FlagStore>().ListAsync(other.TenantId, default)).ShouldBeEmpty();
        (await node.Get<FlagStore>().HistoryAsync(other.TenantId, "ours", default)).ShouldBeEmpty();
    }

    private static async Task<bool> IsOnAsync(AccessNode node, string name, string key) =>
        await node.Get<IFlags>().IsOnAsync(Tenants.Default, name, key, default);

    private static Task<FlagEvaluation> EvaluateAsync(AccessNode node, string name, string key) =>
        node.Get<FeatureFlags>().EvaluateAsync(Tenants.Default, name, key, default);

    private static async Task<HashSet<string>> EvaluateAsync(AccessNode node, string name, IEnumerable<string> keys)
    {
        var on = new HashSet<string>();
        foreach (var key in keys)
        {
            if (await IsOnAsync(node, name, key)) on.Add(key);
        }

        return on;
    }
}
