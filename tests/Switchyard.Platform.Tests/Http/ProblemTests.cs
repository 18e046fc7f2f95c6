using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Switchyard.Platform.Http;

namespace Switchyard.Platform.Tests.Http;

public sealed class ProblemTests : IAsyncLifetime
{
    private WebTestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await WebTestHost.StartAsync(app =>
    {
        app.MapPost("/api/things", (Thing thing) => Results.Ok(thing));
        app.MapGet("/api/things", (int limit) => Results.Ok(limit));
        app.MapGet("/api/broken", IResult () => throw new InvalidOperationException("Host=10.0.0.1;Password=hunter2 at /srv/secret/path.cs"));
        app.MapGet("/api/away", IResult () => throw new NpgsqlException("connection refused", new System.Net.Sockets.SocketException(111)));
        app.MapGet("/api/refused", (HttpContext http) => ProblemResults.Of(http, CommonProblems.Invalid(
            [CommonProblems.Required("name"), CommonProblems.OutOfRange("weight", 0, 100)])));
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("""{"name":"a","colour":"red"}""", "unknown_field", "colour")]
    [InlineData("""{"name":"a","name":"b"}""", "duplicate_field", "name")]
    [InlineData("""{"name":7}""", "wrong_type", "name")]
    [InlineData("""{"name":"a","weight":"heavy"}""", "wrong_type", "weight")]
    [InlineData("""{"name":"a","weight":1e400}""", "wrong_type", "weight")]
    [InlineData("""{"weight":1}""", "field_required", "name")]
    [InlineData("""{"name":"a",}""", "invalid_json", null)]
    [InlineData("""{"name":"a" """, "invalid_json", null)]
    [InlineData("\"text\"", "wrong_type", null)]
    public async Task Sloppy_json_is_refused_and_the_field_is_named(string body, string code, string? field)
    {
        using var answer = await PostAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await ReadAsync(answer);
        problem.GetProperty("code").GetString().ShouldBe(code);
        if (field is not null) problem.GetProperty("field").GetString()!.ShouldEndWith(field);
        problem.GetProperty("cure").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        using var answer = await PostAsync(string.Concat(Enumerable.Repeat("[", 5_000)));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("en-US", "A field is not known")]
    [InlineData("zh-CN", "未知字段")]
    public async Task P22_the_error_speaks_the_callers_language_with_the_same_code_and_status(string language, string title)
    {
        using var answer = await PostAsync("""{"name":"a","colour":"red"}""", ("Accept-Language", language));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await ReadAsync(answer);
        problem.GetProperty("title").GetString().ShouldBe(title);
        problem.GetProperty("code").GetString().ShouldBe("unknown_field");
    }

    [Fact]
    public async Task All_wrong_fields_are_listed_at_once()
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/api/refused");

        var errors = (await ReadAsync(answer)).GetProperty("errors").EnumerateArray().ToList();
        errors.Select(e => e.GetProperty("field").GetString()).ShouldBe(["name", "weight"]);
        errors[1].GetProperty("detail").GetString().ShouldBe("'weight' must lie between 0 and 100.");
    }

    [Fact]
    public async Task A_query_parameter_of_the_wrong_type_is_named()
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/api/things?limit=many");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ReadAsync(answer)).GetProperty("field").GetString().ShouldBe("limit");
    }

    [Fact]
    public async Task An_error_of_ours_shows_no_stack_no_path_and_no_secret()
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/api/broken", null, ("x-request-id", "req-42"));

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldNotContain("hunter2");
        text.ShouldNotContain("/srv");
        text.ShouldNotContain("InvalidOperationException");
        text.ShouldContain("req-42");
    }

    [Fact]
    public async Task An_unreachable_database_is_503_with_a_time_to_retry()
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/api/away");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (await ReadAsync(answer)).GetProperty("code").GetString().ShouldBe("database_unavailable");
    }

    [Fact]
    public async Task An_unknown_route_a_wrong_method_and_a_wrong_type_get_a_problem_too()
    {
        using var nowhere = await _host.SendAsync(HttpMethod.Get, "/api/nowhere");
        using var method = await _host.SendAsync(HttpMethod.Delete, "/api/things");
        using var type = await _host.SendAsync(HttpMethod.Post, "/api/things", new StringContent("name=a", Encoding.UTF8, "application/x-www-form-urlencoded"));

        nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(nowhere)).GetProperty("code").GetString().ShouldBe("no_such_route");
        method.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await ReadAsync(method)).GetProperty("code").GetString().ShouldBe("method_not_allowed");
        type.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await ReadAsync(type)).GetProperty("code").GetString().ShouldBe("json_expected");
    }

    [Theory]
    [InlineData("ok-id_1.2", true)]
    [InlineData("with blank", false)]
    [InlineData("<script>", false)]
    public async Task A_harmless_request_id_is_kept_and_any_other_replaced(string id, bool kept)
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/api/nowhere", null, ("x-request-id", id));
        ((await ReadAsync(answer)).GetProperty("requestId").GetString() == id).ShouldBe(kept);
    }

    [Fact]
    public async Task Pages_cannot_be_framed_or_sniffed()
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/api/refused");

        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self';");
    }

    private Task<HttpResponseMessage> PostAsync(string json, params (string, string)[] headers) =>
        _host.SendAsync(HttpMethod.Post, "/api/things", new StringContent(json, Encoding.UTF8, "application/json"), headers);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private sealed record Thing(string Name, decimal Weight = 0);
}
