using System.Text.Json;
using Switchyard.Platform.Access;
using Switchyard.Server.Tests.Running;

namespace Switchyard.Server.Tests.Access;

/// <summary>P25: every endpoint of the running application × every principal × every carrier.</summary>
public sealed class AuthorizationMatrixTests(RunningNode node) : IClassFixture<RunningNode>
{
    private static readonly string[] NotAuthenticated = ["not_authenticated", "invalid_api_key", "authentication_error"];
    private static readonly string[] Forbidden = ["forbidden", "endpoint_closed", "permission_error", "other_origin"];

    [Fact]
    public void P25_every_route_is_listed_with_the_access_that_it_declares()
    {
        if (EndpointList.Writing) EndpointList.Write(node.Endpoints);
        var listed = EndpointList.Rows.ToDictionary(row => row.ToString());
        var unlisted = node.Endpoints.Where(e => !listed.ContainsKey(e.ToString())).Select(e => $"{e} needs {e.Needed}");
        unlisted.ShouldBeEmpty("add a row to docs/endpoints.tsv (SWITCHYARD_UPDATE=1 does it)");

        foreach (var endpoint in node.Endpoints)
            endpoint.Needed.ShouldBe(listed[endpoint.ToString()].Needed, $"{endpoint}: code and docs/endpoints.tsv disagree");
    }

    [Fact]
    public void P25_the_list_names_nothing_that_does_not_exist()
    {
        var mapped = node.Endpoints.Select(e => e.ToString()).ToHashSet();
        EndpointList.Rows.Select(row => row.ToString()).Where(row => !mapped.Contains(row)).ShouldBeEmpty();
        EndpointList.Rows.Select(row => row.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task P25_every_endpoint_gives_every_principal_by_every_carrier_what_its_access_says()
    {
        var principals = await new Principals(node).CreateAsync();
        using var http = node.Client();
        var wrong = new List<string>();
        var asked = 0;
        // Signing out ends the session that the rest of the matrix needs.
        foreach (var endpoint in node.Endpoints.OrderBy(e => e.ToString() == "DELETE /api/session"))
        foreach (var principal in principals)
        foreach (var carrier in principal.Secret is null ? [Carrier.Bearer] : Enum.GetValues<Carrier>())
        {
            asked++;
            var expected = Expected(endpoint, principal, carrier);
            var actual = await AskAsync(http, endpoint, principal, carrier);
            if (actual != expected) wrong.Add($"{endpoint} as {principal} by {carrier}: expected {expected}, was {actual}");
        }

        wrong.ShouldBeEmpty();
        asked.ShouldBe(node.Endpoints.Count * (1 + ((principals.Count - 1) * 4)));
    }

    [Fact]
    public async Task P25_metrics_are_open_on_the_loopback_only_to_whoever_brings_no_credential_or_a_right_one()
    {
        using var http = node.Client();
        ((int)(await http.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode).ShouldBe(200);

        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Authorization = new("Bearer", "sy-wrong") } };
        ((int)(await http.SendAsync(wrong)).StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task A_wrong_header_is_refused_even_beside_a_good_cookie()
    {
        var session = await new Principals(node).SignInAsync("admin");
        using var http = node.Client();
        using var request = Requests.Build(HttpMethod.Get, "/api/admin/keys", session, Carrier.Cookie, node.Address);
        request.Headers.Add("Authorization", "Bearer sy-wrong");

        ((int)(await http.SendAsync(request)).StatusCode).ShouldBe(401);
    }

    [Theory]
    [InlineData("https://evil.example", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData(null, "application/json")]
    [InlineData("own", "text/plain")]
    [InlineData("own", "application/x-www-form-urlencoded")]
    public async Task Another_sites_page_cannot_write_with_a_visitors_cookie(string? origin, string type)
    {
        var session = await new Principals(node).SignInAsync("admin");
        using var http = node.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/keys");
        request.Content = new StringContent("""{"name":"stolen","scopes":["admin"]}""", System.Text.Encoding.UTF8, type);
        request.Headers.Add("Cookie", $"switchyard_session={session}");
        if (origin is not null) request.Headers.Add("Origin", origin == "own" ? node.Address.GetLeftPart(UriPartial.Authority) : origin);

        ((int)(await http.SendAsync(request)).StatusCode).ShouldBeOneOf(403, 415);
    }

    private static string Expected(MappedEndpoint endpoint, TestPrincipal principal, Carrier carrier)
    {
        if (endpoint.Needed == Grants.None) return "let through";
        if (!principal.Honoured.Contains(carrier)) return "not authenticated";
        return (principal.Grants & endpoint.Needed!.Value) == endpoint.Needed.Value ? "let through" : "forbidden";
    }

    private async Task<string> AskAsync(HttpClient http, MappedEndpoint endpoint, TestPrincipal principal, Carrier carrier)
    {
        using var request = Requests.Build(new HttpMethod(endpoint.Method), endpoint.Filled, principal.Secret, carrier, node.Address);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)response.StatusCode;
        if (status is not (401 or 403)) return status >= 500 && status != 503 ? $"broken with {status}" : "let through";
        var code = CodeOf(await response.Content.ReadAsStringAsync());
        return NotAuthenticated.Contains(code) && status == 401 ? "not authenticated"
            : Forbidden.Contains(code) && status == 403 ? "forbidden"
            : "let through";
    }

    /// <summary>The machine code of a refusal in any of the three error shapes.</summary>
    private static string? CodeOf(string body)
    {
        if (body.Length == 0) return null;
        var root = JsonDocument.Parse(body).RootElement;
        if (root.TryGetProperty("code", out var code)) return code.GetString();
        var error = root.GetProperty("error");
        return error.TryGetProperty("code", out code) && code.ValueKind == JsonValueKind.String ? code.GetString() : error.GetProperty("type").GetString();
    }
}
