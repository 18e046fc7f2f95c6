using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Access;
using Switchyard.Platform.Access.Credentials;
using Switchyard.Platform.Access.Users;

namespace Switchyard.Platform.Tests.Access;

public sealed class SessionTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_session_that_began_on_one_node_works_on_another_at_once()
    {
        await using var here = await AccessNode.StartAsync(database.ConnectionString);
        await using var there = await AccessNode.StartAsync(database.ConnectionString);
        await here.AddUserAsync("anna", "viewer");

        using var browser = there.Browser(await here.SignInAsync("anna"));

        (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(200);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_its_streams_on_every_node_within_two_seconds()
    {
        await using var here = await AccessNode.StartAsync(database.ConnectionString);
        await using var there = await AccessNode.StartAsync(database.ConnectionString);
        await here.AddUserAsync("bert", "viewer");
        var cookie = await here.SignInAsync("bert");
        using var browserHere = here.Browser(cookie);
        using var browserThere = there.Browser(cookie);
        using var open = await browserThere.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await open.Content.ReadAsStreamAsync();
        stream.ReadByte().ShouldBe('.');

        using var signedOut = await browserHere.DeleteAsync("/api/session");
        var since = Stopwatch.GetTimestamp();
        signedOut.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await AccessNode.StatusAsync(browserHere, "/view")).ShouldBe(401);
        await CutAsync(stream);
        await Eventually.IsTrue(async () => await AccessNode.StatusAsync(browserThere, "/view") == 401, "refused on the other node", Promise);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(Promise);
    }

    [Fact]
    public async Task Losing_a_role_cuts_what_was_opened_with_it()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var user = await node.AddUserAsync("cleo", "reviewer");
        using var browser = node.Browser(await node.SignInAsync("cleo"));
        using var open = await browser.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await open.Content.ReadAsStreamAsync();
        stream.ReadByte().ShouldBe('.');

        (await node.Get<UserDirectory>().UpdateAsync(AccessNode.Operator, user.Id, new UserPatch(Roles: ["viewer"]), default)).Ok.ShouldBeTrue();

        await CutAsync(stream);
        (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(200);
    }

    [Fact]
    public async Task An_administrator_who_changes_himself_still_gets_the_answer()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        await node.AddUserAsync("chief", "admin");
        var user = await node.AddUserAsync("deputy", "admin");
        using var browser = node.Browser(await node.SignInAsync("deputy"));

        using var demoted = await browser.PatchAsJsonAsync($"/api/admin/users/{user.Id}", new { roles = new[] { "viewer" } });

        demoted.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccessNode.StatusAsync(browser, "/api/admin/users")).ShouldBe(403);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_slides_when_it_is()
    {
        var clock = new VirtualClock(DateTimeOffset.Parse("2031-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var node = await AccessNode.StartAsync(database.ConnectionString, SignInTests.Using(clock));
        await node.AddUserAsync("dirk", "viewer");
        using var browser = node.Browser(await node.SignInAsync("dirk"));
        for (var i = 0; i < 4; i++)
        {
            clock.Advance(TimeSpan.FromHours(11));
            (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(200);
        }

        clock.Advance(TimeSpan.FromHours(12));
        (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(401);
    }

    [Fact]
    public async Task A_session_ends_after_its_longest_life_and_its_stream_with_it()
    {
        var clock = new VirtualClock(DateTimeOffset.Parse("2032-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await using var node = await AccessNode.StartAsync(
            database.ConnectionString,
            services =>
            {
                SignInTests.Using(clock)(services);
                services.Configure<AccessOptions>(o => o.SessionLongest = TimeSpan.FromHours(2));
            });
        await node.AddUserAsync("edda", "viewer");
        using var browser = node.Browser(await node.SignInAsync("edda"));
        using var open = await browser.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await open.Content.ReadAsStreamAsync();
        stream.ReadByte().ShouldBe('.');

        clock.Advance(TimeSpan.FromHours(2));
        node.Get<CredentialKeeper>().CutExpired();

        await CutAsync(stream);
        (await AccessNode.StatusAsync(browser, "/view")).ShouldBe(401);
    }

    [Fact]
    public async Task The_last_use_is_written_down_in_batches()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var key = await node.AddKeyAsync(AccessNode.Operator, "viewer");
        using var client = node.Bearer(key.Secret);
        for (var i = 0; i < 5; i++) (await AccessNode.StatusAsync(client, "/view")).ShouldBe(200);
        (await node.ScalarAsync<DateTime?>("select last_used_at from platform.api_keys where id = @Id", new { key.Key.Id })).ShouldBeNull();

        await node.Get<CredentialKeeper>().SaveUsesAsync(default);

        (await node.ScalarAsync<DateTime?>("select last_used_at from platform.api_keys where id = @Id", new { key.Key.Id })).ShouldNotBeNull();
    }

    internal static async Task CutAsync(Stream stream)
    {
        using var deadline = new CancellationTokenSource(Promise);
        var buffer = new byte[64];
        try
        {
            while (await stream.ReadAsync(buffer, deadline.Token) > 0)
            {
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return;
        }

        // An orderly end would be fine too; the deadline is not.
    }
}
