using System.Diagnostics;
using System.Net;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.Access.Keys;
using Switchyard.Platform.Access.Users;

namespace Switchyard.Platform.Tests.Access;

public sealed class KeyTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    [Fact]
    public void A_key_is_a_prefix_and_256_random_bits()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => RandomSecret.NewKey()).ToArray();

        keys.ShouldBeUnique();
        keys.ShouldAllBe(k => k.StartsWith("sy-", StringComparison.Ordinal) && k.Length == 3 + 8 + 43 && k.Skip(3).All(char.IsAsciiLetterOrDigit));
    }

    [Theory]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "bearer {0}")]
    [InlineData("x-api-key", "{0}")]
    public async Task A_key_is_taken_from_either_header(string header, string form)
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var key = await node.AddKeyAsync(AccessNode.Operator, "viewer");
        using var client = node.Anonymous();
        client.DefaultRequestHeaders.Add(header, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, key.Secret));

        (await AccessNode.StatusAsync(client, "/view")).ShouldBe(200);
        (await AccessNode.StatusAsync(client, "/api/admin/users")).ShouldBe(403);
    }

    [Theory]
    [InlineData("Bearer sy-00000000ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq")]
    [InlineData("Bearer ")]
    [InlineData("Bearer sy-")]
    [InlineData("Basic c3k6eA==")]
    [InlineData("Bearer the-admin-token-of-the-test")]
    [InlineData("Bearer the-admin-token-of-the-testss")]
    public async Task Anything_else_is_refused_even_with_a_good_cookie_beside_it(string authorization)
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var name = $"user{Stopwatch.GetTimestamp()}";
        await node.AddUserAsync(name, "viewer");
        using var browser = node.Browser(await node.SignInAsync(name));
        browser.DefaultRequestHeaders.Add("Authorization", authorization);

        (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(401);
    }

    [Fact]
    public async Task Revoking_a_key_takes_effect_on_every_node_within_two_seconds_and_cuts_its_streams()
    {
        await using var here = await AccessNode.StartAsync(database.ConnectionString);
        await using var there = await AccessNode.StartAsync(database.ConnectionString);
        var key = await here.AddKeyAsync(AccessNode.Operator, "viewer");
        using var client = there.Bearer(key.Secret);
        await Eventually.IsTrue(async () => await AccessNode.StatusAsync(client, "/view") == 200, "the other node knows the key", Promise);
        using var open = await client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await open.Content.ReadAsStreamAsync();
        stream.ReadByte().ShouldBe('.');

        await here.RevokeKeyAsync(key.Key.Id);
        var since = Stopwatch.GetTimestamp();

        await SessionTests.CutAsync(stream);
        await Eventually.IsTrue(async () => await AccessNode.StatusAsync(client, "/view") == 401, "refused on the other node", Promise);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Promise);
    }

    [Fact]
    public async Task A_key_expires_to_the_second_without_the_database()
    {
        var clock = new VirtualClock(DateTimeOffset.Parse("2033-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var node = await AccessNode.StartAsync(database.ConnectionString, SignInTests.Using(clock));
        await using var change = await node.Database.BeginAsync(AccessNode.Operator, default);
        var key = (await node.Get<ApiKeys>().CreateAsync(change, new NewApiKey("short", ["viewer"], clock.GetUtcNow().AddMinutes(5)), default)).Value;
        await change.CommitAsync(default);
        await node.Get<KeyRing>().RefreshAsync(default);
        using var client = node.Bearer(key.Secret);

        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await AccessNode.StatusAsync(client, "/view")).ShouldBe(200);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await AccessNode.StatusAsync(client, "/view")).ShouldBe(401);
    }

    [Fact]
    public async Task A_key_never_has_more_than_its_maker_has_now()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        await node.AddUserAsync("root1", "admin");
        var user = await node.AddUserAsync("maker", "admin");
        var person = new Caller(Tenants.Default, CallerKind.User, user.Id, user.Name, GrantSets.Of("admin"));
        var parent = await node.AddKeyAsync(person, "reviewer");
        var maker = new Caller(Tenants.Default, CallerKind.ApiKey, parent.Key.Id, "parent", GrantSets.Of("reviewer"));
        var child = await node.AddKeyAsync(maker, "reviewer");
        (await GrantsOf(child)).ShouldBe(GrantSets.Of("reviewer"));

        // Asking for more is refused.
        (await Should.ThrowAsync<InvalidOperationException>(() => node.AddKeyAsync(maker, "analyst"))).Message.ShouldBe("more_than_own");
        (await Should.ThrowAsync<InvalidOperationException>(() => node.AddKeyAsync(maker, "admin"))).Message.ShouldBe("more_than_own");

        // What the person loses, the keys lose, all the way down.
        await node.Get<UserDirectory>().UpdateAsync(AccessNode.Operator, user.Id, new UserPatch(Roles: ["viewer"]), default);
        (await GrantsOf(child)).ShouldBe(Grants.Viewer);
        await node.Get<UserDirectory>().UpdateAsync(AccessNode.Operator, user.Id, new UserPatch(Roles: ["admin"]), default);
        await node.RevokeKeyAsync(parent.Key.Id);
        (await GrantsOf(child)).ShouldBe(Grants.None);

        async Task<Grants> GrantsOf(CreatedApiKey key)
        {
            await node.Get<KeyRing>().RefreshAsync(default);
            return node.Get<KeyRing>().Find(key.Key.Id)!.Caller.Grants;
        }
    }

    [Fact]
    public async Task Another_tenants_key_is_not_found()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var key = await node.AddKeyAsync(AccessNode.Operator, "viewer");
        var other = await OtherTenant.CallerAsync(node);

        await using var change = await node.Database.BeginAsync(other, default);
        (await node.Get<ApiKeys>().RevokeAsync(change, key.Key.Id, null, default))!.Status.ShouldBe(404);
        (await node.Get<ApiKeys>().UpdateAsync(change, key.Key.Id, new ApiKeyPatch("mine"), default)).Problem!.Status.ShouldBe(404);
        (await node.Get<ApiKeys>().FindAsync(other.TenantId, key.Key.Id, default)).ShouldBeNull();
        (await node.Get<ApiKeys>().ListAsync(other.TenantId, null, 100, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_that_starts_without_its_database_knows_the_keys_from_disk()
    {
        var data = Directory.CreateTempSubdirectory("switchyard-access-").FullName;
        CreatedApiKey key;
        await using (var before = await AccessNode.StartAsync(database.ConnectionString, null, ("data:directory", data)))
        {
            key = await before.AddKeyAsync(AccessNode.Operator, "client");
        }

        var file = Path.Combine(data, "access", "keys.json");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(file)).ShouldNotContain(key.Secret);

        await using var node = await AccessNode.StartAsync(
            "Host=127.0.0.1;Port=1;Username=nobody;Database=nothing;Timeout=1", null, ("data:directory", data));
        using var client = node.Bearer(key.Secret);
        using var answer = await client.PostAsync("/v1/chat/completions", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        // A cookie cannot be looked up: what is for anyone still is, the rest says that it is a matter of time.
        using var browser = node.Browser("AprmMr9e5KBXZUrq603zbql62nVAzn0FyrJ1hyrTLe7");
        (await AccessNode.StatusAsync(browser, "/anyone")).ShouldBe(200);
        (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(503);
    }

    [Fact]
    public async Task The_operators_token_comes_from_a_file_that_nobody_else_may_read()
    {
        var data = Directory.CreateTempSubdirectory("switchyard-access-").FullName;
        var file = Path.Combine(data, "admin-token");
        await File.WriteAllTextAsync(file, "a-token-from-the-file-system\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await AdminStatusAsync()).ShouldBe(200);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        (await AdminStatusAsync()).ShouldBe(401);

        async Task<int> AdminStatusAsync()
        {
            await using var node = await AccessNode.StartAsync(database.ConnectionString, null, ("data:directory", data), ("SWITCHYARD_ADMIN_TOKEN", ""));
            using var client = node.Bearer("a-token-from-the-file-system");
            return await AccessNode.StatusAsync(client, "/api/admin/users");
        }
    }

    [Fact]
    public void Looking_a_key_up_allocates_nothing()
    {
        var secret = RandomSecret.NewKey();
        SecretHash.TryOf(secret, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) SecretHash.TryOf(secret, out _);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }
}
