using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Switchyard.Platform.Tests.Access;

public sealed class GuardTests(MigratedDatabase database) : IClassFixture<MigratedDatabase>
{
    [Fact]
    public async Task An_endpoint_that_declares_nothing_is_closed_to_everybody()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        using var admin = node.Admin();
        using var anonymous = node.Anonymous();

        (await AccessNode.StatusAsync(admin, "/undeclared")).ShouldBe(403);
        (await AccessNode.StatusAsync(anonymous, "/undeclared")).ShouldBe(403);
        (await AccessNode.StatusAsync(anonymous, "/no-such-thing")).ShouldBe(404);
    }

    [Fact]
    public async Task A_cookie_writes_only_from_our_own_pages_and_only_json()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        await node.AddUserAsync("arno", "submitter");
        var cookie = await node.SignInAsync("arno");
        var own = node.Address.GetLeftPart(UriPartial.Authority);

        foreach (var path in new[] { "/api/session/language", "/v1/chat/completions", "/v1/messages" })
        {
            (await SendAsync(path, null, "application/json")).ShouldBe(403, "no origin");
            (await SendAsync(path, "https://evil.example", "application/json")).ShouldBe(403);
            (await SendAsync(path, "null", "application/json")).ShouldBe(403);
            (await SendAsync(path, own + ".evil.example", "application/json")).ShouldBe(403);
            (await SendAsync(path, own, "application/json", "cross-site")).ShouldBe(403);
            (await SendAsync(path, own, "application/json", "same-site")).ShouldBe(403);
            (await SendAsync(path, own, "text/plain")).ShouldBe(415);
            (await SendAsync(path, own, "application/x-www-form-urlencoded")).ShouldBe(415);
            (await SendAsync(path, own, "application/json")).ShouldBeInRange(200, 204);

            // Behind a proxy that changes the host, the browser's own word counts.
            (await SendAsync(path, "https://console.example", "application/json", "same-origin")).ShouldBeInRange(200, 204);
        }

        async Task<int> SendAsync(string path, string? origin, string type, string? site = null)
        {
            using var client = node.Browser(cookie, origin: false);
            using var request = new HttpRequestMessage(path.StartsWith("/v1", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Put, path)
            {
                Content = new StringContent("""{"language":"zh-CN"}""", Encoding.UTF8, type),
            };
            if (origin is not null) request.Headers.Add("Origin", origin);
            if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
            using var response = await client.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Theory]
    [InlineData("Origin", "https://console.example", true)]
    [InlineData("X-Forwarded-Proto", "https", true)]
    [InlineData("X-Nothing", "https", false)]
    public async Task The_cookie_is_for_https_alone_where_the_browser_came_by_it(string header, string value, bool secure)
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var name = $"user{Guid.CreateVersion7():N}";
        await node.AddUserAsync(name, "viewer");
        using var client = node.Anonymous();
        client.DefaultRequestHeaders.Add(header, value);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");

        using var response = await client.PostAsJsonAsync("/api/session", new { name, password = AccessNode.Password });

        response.Headers.GetValues("Set-Cookie").Single().Contains("secure", StringComparison.Ordinal).ShouldBe(secure);
    }

    [Fact]
    public async Task Another_site_can_neither_sign_a_visitor_in_nor_out()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        await node.AddUserAsync("bodo", "viewer");
        using var evil = node.Anonymous();
        evil.DefaultRequestHeaders.Add("Origin", "https://evil.example");

        using var signIn = await evil.PostAsJsonAsync("/api/session", new { name = "bodo", password = AccessNode.Password });
        signIn.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var byForm = await node.Anonymous().PostAsync("/api/session", new StringContent("{}", Encoding.UTF8, "text/plain"));
        byForm.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);

        using var visitor = node.Browser(await node.SignInAsync("bodo"), origin: false);
        visitor.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var signOut = await visitor.DeleteAsync("/api/session");
        signOut.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AccessNode.StatusAsync(visitor, "/view")).ShouldBe(200);
    }

    [Fact]
    public async Task Metrics_are_for_a_scrape_key_or_this_machine_and_not_for_what_a_proxy_forwards()
    {
        await using var node = await AccessNode.StartAsync(database.ConnectionString);
        var key = await node.AddKeyAsync(AccessNode.Operator, "scrape");
        using var local = node.Anonymous();
        using var forwarded = node.Anonymous();
        forwarded.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        using var scraper = node.Bearer(key.Secret);
        scraper.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        (await AccessNode.StatusAsync(local, "/scrape")).ShouldBe(200);
        (await AccessNode.StatusAsync(forwarded, "/scrape")).ShouldBe(401);
        (await AccessNode.StatusAsync(scraper, "/scrape")).ShouldBe(200);
    }
}
