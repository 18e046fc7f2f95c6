using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Sessions;
using Switchyard.Platform.Access.Users;

namespace Switchyard.Platform.Tests.Access;

public sealed class SignInTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    [Fact]
    public async Task The_first_start_makes_a_link_that_signs_an_administrator_in_once()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        var token = await node.Get<OneTimeLinks>().FirstStartAsync(default);
        token.ShouldNotBeNull();
        using var client = node.Anonymous();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostAsJsonAsync("/api/session/link", new { token })));

        var first = answers.Single(a => a.StatusCode == HttpStatusCode.OK);
        answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(7);
        first.Headers.GetValues("Set-Cookie").Single().ShouldContain("httponly");
        first.Headers.GetValues("Set-Cookie").Single().ShouldContain("samesite=strict");
        using var browser = node.Browser(AccessNode.CookieOf(first));
        var session = await browser.GetFromJsonAsync<JsonElement>("/api/session");
        session.GetProperty("firstRun").GetBoolean().ShouldBeTrue();
        session.GetProperty("grants").EnumerateArray().Select(g => g.GetString()).ShouldContain("admin");

        // The person sets a password without having had one; from then on no start makes a link.
        (await browser.PutAsJsonAsync("/api/session/password", new { @new = "a very fine day" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await node.Get<OneTimeLinks>().FirstStartAsync(default)).ShouldBeNull();
        (await browser.GetFromJsonAsync<JsonElement>("/api/session")).GetProperty("firstRun").GetBoolean().ShouldBeFalse();
        await node.SignInAsync("admin", "a very fine day");
    }

    [Fact]
    public async Task Two_nodes_that_start_at_once_make_one_administrator()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var here = await AccessNode.StartAsync(server.ConnectionString);
        await using var there = await AccessNode.StartAsync(server.ConnectionString);

        var tokens = await Task.WhenAll(here.Get<OneTimeLinks>().FirstStartAsync(default), there.Get<OneTimeLinks>().FirstStartAsync(default));

        tokens.ShouldAllBe(t => t != null);
        (await here.ScalarAsync<int>("select count(*) from platform.users")).ShouldBe(1);
    }

    [Fact]
    public async Task A_link_expires()
    {
        await using var server = await FreshDatabase.CreateAsync();
        var clock = new VirtualClock();
        await using var node = await AccessNode.StartAsync(server.ConnectionString, Using(clock));
        var token = await node.Get<OneTimeLinks>().FirstStartAsync(default);
        clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        using var client = node.Anonymous();

        using var late = await client.PostAsJsonAsync("/api/session/link", new { token });

        late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AccessNode.CodeAsync(late)).ShouldBe("link_invalid");
    }

    [Fact]
    public async Task Only_hashes_of_secrets_are_stored()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        await node.AddUserAsync("hilda", "viewer");
        var cookie = await node.SignInAsync("hilda");
        var key = await node.AddKeyAsync(AccessNode.Operator, "client");
        var invited = await node.Get<UserDirectory>().CreateAsync(AccessNode.Operator, new NewUser("ingo", null, ["viewer"], null), default);

        foreach (var table in new[] { "users", "sessions", "one_time_links", "api_keys", "audit", "events", "sign_in_failures" })
        {
            var text = await node.ScalarAsync<string>($"select string_agg(t::text, ' ') from platform.{table} t") ?? "";
            foreach (var secret in new[] { AccessNode.Password, cookie, key.Secret, invited.Value.LinkToken! })
                text.ShouldNotContain(secret, customMessage: table);
        }
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        await node.AddUserAsync("carla", "viewer");
        using var client = node.Anonymous();

        using var wrong = await client.PostAsJsonAsync("/api/session", new { name = "carla", password = "not the password" });
        using var unknown = await client.PostAsJsonAsync("/api/session", new { name = "nobody-at-all", password = "not the password" });

        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Strip(await wrong.Content.ReadAsStringAsync()).ShouldBe(Strip(await unknown.Content.ReadAsStringAsync()));
        wrong.Headers.Contains("Set-Cookie").ShouldBeFalse();

        static string Strip(string body) => body[..body.IndexOf("requestId", StringComparison.Ordinal)];
    }

    [Theory]
    [InlineData("dora")]
    [InlineData("somebody-who-does-not-exist")]
    public async Task After_five_failures_an_account_waits_and_waits_longer_each_time(string name)
    {
        await using var server = await FreshDatabase.CreateAsync();
        var clock = new VirtualClock();
        await using var node = await AccessNode.StartAsync(server.ConnectionString, Using(clock));
        await node.AddUserAsync("dora", "viewer");
        using var client = node.Anonymous();
        for (var i = 0; i < SignInGuard.FreePerAccount; i++) (await TryAsync("wrong password")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            // Even the right password has to wait.
            using var refused = await TryAsync(AccessNode.Password);
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            waits.Add(refused.Headers.RetryAfter!.Delta!.Value);
            clock.Advance(waits[^1]);
            (await TryAsync("wrong password")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        waits.ShouldBe(waits.Order());
        waits[^1].ShouldBeGreaterThan(waits[0]);
        clock.Advance(TimeSpan.FromMinutes(15));
        if (name == "dora") (await TryAsync(AccessNode.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task<HttpResponseMessage> TryAsync(string password) => await client.PostAsJsonAsync("/api/session", new { name, password });
    }

    [Fact]
    public async Task Guessing_in_parallel_gains_nothing()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        await node.AddUserAsync("emil", "viewer");
        using var client = node.Anonymous();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => client.PostAsJsonAsync("/api/session", new { name = "emil", password = $"guess number {i}" })));

        answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(SignInGuard.FreePerAccount);
        answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(40 - SignInGuard.FreePerAccount);
    }

    [Fact]
    public async Task One_address_cannot_try_many_names()
    {
        await using var server = await FreshDatabase.CreateAsync();
        await using var node = await AccessNode.StartAsync(server.ConnectionString);
        var guard = node.Get<SignInGuard>();
        for (var i = 0; i < SignInGuard.FreePerAddress; i++)
            (await guard.CountAsync($"name-{i}", IPAddress.Parse($"2001:db8::{i + 1:x}"), default)).ShouldBeNull();

        (await guard.CountAsync("another", IPAddress.Parse("2001:db8::ffff"), default))!.Code.ShouldBe("too_many_attempts");
        (await guard.CountAsync("another", IPAddress.Parse("2001:db8:1::1"), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions_and_needs_the_current_one()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        await node.AddUserAsync("frida", "viewer");
        using var here = node.Browser(await node.SignInAsync("frida"));
        using var elsewhere = node.Browser(await node.SignInAsync("frida"));

        (await here.PutAsJsonAsync("/api/session/password", new { current = "not it at all", @new = "a very fine day" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await here.PutAsJsonAsync("/api/session/password", new { current = AccessNode.Password, @new = "frida1234567" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await here.PutAsJsonAsync("/api/session/password", new { current = AccessNode.Password, @new = "a very fine day" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await AccessNode.StatusAsync(here, "/view")).ShouldBe(200);
        (await AccessNode.StatusAsync(elsewhere, "/view")).ShouldBe(401);
        await node.SignInAsync("frida", "a very fine day");
    }

    [Fact]
    public async Task A_disabled_person_cannot_sign_in_and_loses_the_session()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var user = await node.AddUserAsync("gerd", "viewer");
        using var browser = node.Browser(await node.SignInAsync("gerd"));

        (await node.Get<UserDirectory>().UpdateAsync(AccessNode.Operator, user.Id, new UserPatch(Status: "disabled"), default)).Ok.ShouldBeTrue();

        (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(401);
        using var client = node.Anonymous();
        using var refused = await client.PostAsJsonAsync("/api/session", new { name = "gerd", password = AccessNode.Password });
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AccessNode.CodeAsync(refused)).ShouldBe("sign_in_failed");
    }

    internal static Action<IServiceCollection> Using(VirtualClock clock) => services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
}
