using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Users;

namespace Switchyard.Platform.Tests.Access;

public sealed class UserTests
{
    [Fact]
    public async Task People_are_added_changed_and_removed()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        using var admin = node.Admin();
        var added = await ReadAsync(await admin.PostAsJsonAsync("/api/admin/users", new { name = "zoe", email = "zoe@example.com", roles = new[] { "reviewer" } }), 201);
        var link = added.GetProperty("inviteLink").GetString()!;
        link.ShouldStartWith($"{node.Address}welcome?token=");
        added.GetProperty("status").GetString().ShouldBe("invited");
        var id = added.GetProperty("id").GetGuid();

        using var client = node.Anonymous();
        using var redeemed = await client.PostAsJsonAsync("/api/session/link", new { token = link.Split('=')[1] });
        using var browser = node.Browser(AccessNode.CookieOf(redeemed));
        (await browser.PutAsJsonAsync("/api/session/password", new { @new = AccessNode.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await node.SignInAsync("ZOE@example.com");

        var shown = await ReadAsync(await admin.PatchAsJsonAsync($"/api/admin/users/{id}", new { email = "", roles = new[] { "analyst", "viewer" } }), 200);
        shown.GetProperty("email").ValueKind.ShouldBe(JsonValueKind.Null);
        shown.GetProperty("status").GetString().ShouldBe("active");
        var list = await ReadAsync(await admin.GetAsync("/api/admin/users?limit=1"), 200);
        list.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await admin.DeleteAsync($"/api/admin/users/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetAsync($"/api/admin/users/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(401);

        // The name is free again.
        await ReadAsync(await admin.PostAsJsonAsync("/api/admin/users", new { name = "zoe", roles = new[] { "viewer" } }), 201);
    }

    [Theory]
    [InlineData("""{"name":"","roles":["viewer"]}""", "field_required")]
    [InlineData("""{"name":"a@b","roles":["viewer"]}""", "user_name_malformed")]
    [InlineData("""{"name":" admin","roles":["viewer"]}""", "user_name_malformed")]
    [InlineData("""{"name":"x\u0000y","roles":["viewer"]}""", "control_character")]
    [InlineData("""{"name":"admin\u200b","roles":["viewer"]}""", "control_character")]
    [InlineData("""{"name":"admin\u202e","roles":["viewer"]}""", "control_character")]
    [InlineData("""{"name":"x\ud800y","roles":["viewer"]}""", "wrong_type")]
    [InlineData("""{"name":"a","roles":[]}""", "field_required")]
    [InlineData("""{"name":"a","roles":["root"]}""", "value_not_allowed")]
    [InlineData("""{"name":"a","email":"nonsense","roles":["viewer"]}""", "value_malformed")]
    [InlineData("""{"name":"abcdefghijkl","roles":["viewer"],"password":"abcdefghijkl1"}""", "password_weak")]
    [InlineData("""{"name":"a","roles":["viewer"],"grants":511}""", "unknown_field")]
    [InlineData("""{"name":"a","roles":["viewer"],"tenantId":"00000000-0000-7000-8000-000000000002"}""", "unknown_field")]
    [InlineData("""{"name":"a","roles":["viewer"],"roles":["admin"]}""", "duplicate_field")]
    public async Task Bad_input_is_refused_by_name(string body, string code)
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        using var admin = node.Admin();
        using var response = await admin.PostAsync("/api/admin/users", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await AccessNode.CodeAsync(response)).ShouldBe(code);
    }

    [Fact]
    public async Task Nobody_grants_more_than_they_have_or_touches_who_has_more()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        var users = node.Get<UserDirectory>();
        var chief = await node.AddUserAsync("chief", "admin");
        var viewer = await node.AddUserAsync("viewer", "viewer");
        var reviewer = new Caller(Tenants.Default, CallerKind.User, Guid.CreateVersion7(), "reviewer", GrantSets.Of("reviewer"));

        (await users.CreateAsync(reviewer, new NewUser("x", null, ["admin"], null), default)).Problem!.Code.ShouldBe("more_than_own");
        (await users.UpdateAsync(reviewer, viewer.Id, new UserPatch(Roles: ["analyst"]), default)).Problem!.Code.ShouldBe("more_than_own");
        (await users.UpdateAsync(reviewer, chief.Id, new UserPatch(Name: "mine"), default)).Problem!.Code.ShouldBe("more_than_own");
        (await users.RemoveAsync(reviewer, chief.Id, default))!.Code.ShouldBe("more_than_own");
        (await users.ResetAsync(reviewer, chief.Id, default)).Problem!.Code.ShouldBe("more_than_own");
    }

    [Fact]
    public async Task The_last_administrator_stays_also_when_two_remove_each_other_at_once()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        var users = node.Get<UserDirectory>();
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++) ids.Add((await node.AddUserAsync($"admin{i}", "admin")).Id);

        var answers = await Task.WhenAll(ids.Select(async (id, i) => i % 2 == 0
            ? await users.RemoveAsync(AccessNode.Operator, id, default)
            : (await users.UpdateAsync(AccessNode.Operator, id, new UserPatch(Roles: ["viewer"]), default)).Problem));

        answers.Count(a => a is null).ShouldBe(3);
        answers.Single(a => a is not null)!.Code.ShouldBe("last_admin");
        (await node.ScalarAsync<int>("select count(*) from platform.users where status = 'active' and 'admin' = any(roles)")).ShouldBe(1);
        var last = await node.ScalarAsync<Guid>("select id from platform.users where status = 'active' and 'admin' = any(roles)");
        (await users.UpdateAsync(AccessNode.Operator, last, new UserPatch(Status: "disabled"), default)).Problem!.Code.ShouldBe("last_admin");
    }

    [Fact]
    public async Task Another_tenants_people_are_not_found()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        var users = node.Get<UserDirectory>();
        var mine = await node.AddUserAsync("mine", "viewer");
        var other = await OtherTenant.CallerAsync(node);

        (await users.FindAsync(other.TenantId, mine.Id, default)).ShouldBeNull();
        (await users.ListAsync(other.TenantId, null, 100, default)).ShouldBeEmpty();
        (await users.UpdateAsync(other, mine.Id, new UserPatch(Name: "theirs"), default)).Problem!.Status.ShouldBe(404);
        (await users.RemoveAsync(other, mine.Id, default))!.Status.ShouldBe(404);
        (await users.ResetAsync(other, mine.Id, default)).Problem!.Status.ShouldBe(404);
        (await users.EndSessionsAsync(other, mine.Id, default))!.Status.ShouldBe(404);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, int status)
    {
        var body = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, body);
        return JsonElement.Parse(body);
    }
}
