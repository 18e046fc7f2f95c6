using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Platform.Access;
using Switchyard.Platform.Audit;
using Switchyard.Platform.Flags;
using Switchyard.Platform.Http;
using Switchyard.Platform.Tests.Access;

namespace Switchyard.Platform.Tests.Audit;

[Trait("Database", "Both")]
public sealed class AuditTests
{
    private static readonly string[] Names = ["alpha", "beta", "gamma"];

    private enum Deed
    {
        Set,
        Remove,
        Revert,
        RollBack,
    }

    private sealed record Step(Deed Deed, string Name, string State, int Percentage, string Actor);

    [Fact]
    public async Task P26_any_sequence_of_changes_yields_exactly_those_audit_rows()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        var steps =
            from deed in Gen.Frequency((5, Gen.Constant(Deed.Set)), (2, Gen.Constant(Deed.Remove)), (2, Gen.Constant(Deed.Revert)), (1, Gen.Constant(Deed.RollBack)))
            from name in Gen.Elements(Names)
            from state in Gen.Elements("on", "off", "percentage")
            from percentage in Gen.Choose(0, 100)
            from actor in Gen.Elements("ann", "bob", "=cmd|calc")
            select new Step(deed, name, state, percentage, actor);

        Invariant.Holds(steps.ListOf().Resize(12), sequence => RunAsync(node, [.. sequence]), cases: 100);

        var other = await OtherTenant.CallerAsync(node);
        (await node.Get<AuditLog>().VerifyAsync(other.TenantId, default)).ShouldBe(new AuditVerification(true, 0, null, null, null));
    }

    [Fact]
    public async Task Secrets_that_a_caller_forgot_to_mask_do_not_reach_the_log()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        const string Secret = "sk-live-abcdefghijklmnopqrstuvwxyz0123456789";
        await using (var change = await node.Database.BeginAsync(AccessNode.Operator, default))
        {
            change.Record(new AuditEntry(
                "update", "thing", "1",
                $$$"""{"apiKey":"{{{Secret}}}","options":{"client_secret":"hush-hush","maxTokens":5,"list":[{"password":"p4ss"}]}}""",
                $$"""{"note":"the key is {{Secret}}!","keyHint":"…6789","name":"测试"}"""));
            await change.CommitAsync(default);
        }

        var row = (await node.Get<AuditLog>().ReadAsync(Tenants.Default, new AuditFilter(), null, 1, default))[0].Item;
        row.Before!.Value.GetRawText().ShouldBe("""{"apiKey":"•••","options":{"client_secret":"•••","maxTokens":5,"list":[{"password":"•••"}]}}""");
        row.After!.Value.GetRawText().ShouldBe("""{"note":"the key is •••!","keyHint":"…6789","name":"测试"}""");
    }

    [Theory]
    [InlineData("update platform.audit set actor = 'somebody else' where sequence = 3", 3, "row-changed")]
    [InlineData("""update platform.audit set after = '{"state":"off"}' where sequence = 3""", 3, "row-changed")]
    [InlineData("update platform.audit set at = at + interval '1 microsecond' where sequence = 3", 3, "row-changed")]
    [InlineData("delete from platform.audit where sequence = 3", 4, "row-missing")]
    [InlineData("delete from platform.audit where sequence = 1", 2, "row-missing")]
    [InlineData("delete from platform.audit where sequence = 6", 7, "end-missing")]
    [InlineData("delete from platform.audit; ", 1, "end-missing")]
    [InlineData("delete from platform.audit where sequence = 3; update platform.audit set sequence = sequence - 1 where sequence > 3", 3, "chain-broken")]
    [InlineData("update platform.audit set sequence = -1 where sequence = 3; update platform.audit set sequence = 3 where sequence = 4; update platform.audit set sequence = 4 where sequence = -1", 3, "chain-broken")]
    [InlineData("update platform.audit_heads set sequence = 5", 7, "end-missing")]
    public async Task A_row_that_was_changed_removed_or_moved_is_found(string tampering, long at, string reason)
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        for (var i = 1; i <= 6; i++) await node.Get<FlagEditor>().SetAsync(AccessNode.Operator, $"flag-{i}", new FlagSettings("on"), null, default);
        using var admin = node.Admin();
        (await admin.GetFromJsonAsync<JsonElement>("/api/admin/audit/verify")).GetProperty("checked").GetInt64().ShouldBe(6);

        await node.ExecuteAsync(tampering);

        var found = await admin.GetFromJsonAsync<JsonElement>("/api/admin/audit/verify");
        found.GetProperty("ok").GetBoolean().ShouldBeFalse();
        found.GetProperty("reason").GetString().ShouldBe(reason);
        if (reason != "end-missing") found.GetProperty("brokenSequence").GetInt64().ShouldBe(at);
    }

    [Fact]
    public async Task Concurrent_writers_on_two_nodes_keep_one_chain()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var here = await AccessNode.StartAsync(server.ConnectionString);
        await using var there = await AccessNode.StartAsync(server.ConnectionString);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? here : there).Get<FlagEditor>()
            .SetAsync(AccessNode.Operator, $"flag-{i % 5}", new FlagSettings("on"), null, default)));

        (await here.Get<AuditLog>().VerifyAsync(Tenants.Default, default)).ShouldBe(new AuditVerification(true, 40, null, null, null));
    }

    [Fact]
    public async Task A_change_that_cannot_be_audited_does_not_happen()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        await node.ExecuteAsync("alter table platform.audit rename to audit_away");

        await Should.ThrowAsync<Npgsql.PostgresException>(() => node.AddUserAsync("ghost", "viewer"));

        (await node.ScalarAsync<int>("select count(*) from platform.users")).ShouldBe(0);
    }

    [Fact]
    public async Task The_log_is_filtered_paged_and_exported()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        var evil = AccessNode.Operator with { Name = "=HYPERLINK(\"http://evil.example\")" };
        for (var i = 0; i < 7; i++) await node.Get<FlagEditor>().SetAsync(i % 2 == 0 ? evil : AccessNode.Operator, $"flag-{i}", new FlagSettings("on"), null, default);
        await node.AddUserAsync("uwe", "viewer");
        using var admin = node.Admin();

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await admin.GetFromJsonAsync<JsonElement>($"/api/admin/audit?resource=flag&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("resourceId").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        seen.ShouldBe(Enumerable.Range(0, 7).Reverse().Select(i => $"flag-{i}"));
        (await CountAsync("actor=operator&action=create")).ShouldBe(4);
        (await CountAsync("resource=user")).ShouldBe(1);
        (await CountAsync("from=2999-01-01T00:00:00Z")).ShouldBe(0);
        (await CountAsync("to=2999-01-01T00:00:00Z")).ShouldBe(8);

        var csv = await admin.GetStringAsync("/api/admin/audit?format=csv&resource=flag");
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(8);
        csv.ShouldContain("\"'=HYPERLINK(\"\"http://evil.example\"\")\"");
        csv.ShouldNotContain("\"=HYPERLINK");
        var lines = (await admin.GetStringAsync("/api/admin/audit?format=jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(8);
        lines.Select(l => JsonElement.Parse(l).GetProperty("hash").GetString()).ShouldBeUnique();

        foreach (var bad in new[] { "limit=0", "limit=1001", "cursor=x", "format=xml", "actor=a%00b", "from=yesterday" })
            (await AccessNode.StatusAsync(admin, $"/api/admin/audit?{bad}")).ShouldBe(400, bad);

        async Task<int> CountAsync(string query) =>
            (await admin.GetFromJsonAsync<JsonElement>($"/api/admin/audit?{query}")).GetProperty("items").GetArrayLength();
    }

    private static async Task RunAsync(AccessNode node, IReadOnlyList<Step> steps)
    {
        var log = node.Get<AuditLog>();
        var editor = node.Get<FlagEditor>();
        var already = (int)(await log.VerifyAsync(Tenants.Default, default)).Checked;
        var expected = new List<(string Actor, string Action, string Name, string? Before, string? After)>();
        foreach (var step in steps)
        {
            var caller = AccessNode.Operator with { Name = step.Actor };
            var before = await StateAsync(node, step.Name);
            var problem = step.Deed switch
            {
                Deed.Set => (await editor.SetAsync(caller, step.Name, new FlagSettings(step.State, step.Percentage), null, default)).Problem,
                Deed.Remove => await editor.RemoveAsync(caller, step.Name, default),
                Deed.Revert => (await editor.RevertAsync(caller, step.Name, 1, default)).Problem,
                _ => await RollBackAsync(node, caller),
            };
            if (problem is not null || step.Deed == Deed.RollBack) continue;
            var action = step.Deed switch { Deed.Remove => "delete", Deed.Revert => "revert", _ => before is null ? "create" : "update" };
            expected.Add((step.Actor, action, step.Name, before, await StateAsync(node, step.Name)));
        }

        var rows = (await log.ReadAsync(Tenants.Default, new AuditFilter(), null, expected.Count + 1, default)).Select(r => r.Item).Reverse().ToList();
        if (already > 0) rows.RemoveAt(0);
        rows.Select(r => (r.Actor, r.Action, r.ResourceId, State(r.Before), State(r.After))).ShouldBe(expected);
        rows.ShouldAllBe(r => r.Resource == "flag" && r.ActorKind == "admin-token");
        (await log.VerifyAsync(Tenants.Default, default)).ShouldBe(new AuditVerification(true, already + expected.Count, null, null, null));
    }

    private static async Task<Problem?> RollBackAsync(AccessNode node, Caller caller)
    {
        await using var change = await node.Database.BeginAsync(caller, default);
        change.Record(new AuditEntry("update", "flag", "never", null, "{}"));
        return null;
    }

    private static async Task<string?> StateAsync(AccessNode node, string name)
    {
        await using var connection = await node.Database.OpenAsync(default);
        return await connection.QuerySingleOrDefaultAsync<string>(
            "select state || ' ' || trunc(percentage) || ' ' || version from platform.flags where name = @name and tenant_id = @tenant",
            new { name, tenant = Tenants.Default });
    }

    private static string? State(JsonElement? state) => state is not { } s
        ? null
        : $"{s.GetProperty("state").GetString()} {(int)s.GetProperty("percentage").GetDecimal()} {s.GetProperty("version").GetInt64()}";
}
