using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Jobs;
using Switchyard.Platform.Tests.EventLog;

namespace Switchyard.Platform.Tests.Jobs;

public sealed class JobEndpointTests(EventDatabase database) : IClassFixture<EventDatabase>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task Jobs_are_listed_newest_first_page_by_page_and_filtered()
    {
        await using var node = await StartAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add(await StartJobAsync(node, "note", Caller.System(_tenant)));
        var failed = await StartJobAsync(node, "fail", Caller.System(_tenant));
        await EndedAsync(node, [.. ids, failed]);
        ids.Reverse();

        var first = await GetAsync(node, "/api/jobs?limit=4");
        var second = await GetAsync(node, $"/api/jobs?limit=4&cursor={first.GetProperty("nextCursor").GetString()}");
        Ids(first).Concat(Ids(second)).ShouldBe([failed, .. ids]);
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        Ids(await GetAsync(node, "/api/jobs?status=failed,cancelled")).ShouldBe([failed]);
        Ids(await GetAsync(node, "/api/jobs?type=test.other")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_shows_everything_that_screens_need()
    {
        await using var node = await StartAsync();
        var id = await StartJobAsync(node, "note", Caller.System(_tenant));
        await EndedAsync(node, id);

        var job = await GetAsync(node, $"/api/jobs/{id}");
        job.GetProperty("type").GetString().ShouldBe("test.script");
        job.GetProperty("status").GetString().ShouldBe("succeeded");
        job.GetProperty("done").GetInt64().ShouldBe(3);
        job.GetProperty("total").GetInt64().ShouldBe(3);
        job.GetProperty("errors").GetInt64().ShouldBe(1);
        job.GetProperty("createdBy").GetString().ShouldBe("system");
        job.GetProperty("result").GetProperty("note").GetString().ShouldBe("done");
        job.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        job.GetProperty("endedAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(job.GetProperty("startedAt").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("en-US", "'rows'")]
    [InlineData("zh-CN", "“rows”")]
    public async Task A_failure_is_told_in_the_readers_language(string language, string expected)
    {
        await using var node = await StartAsync();
        var id = await StartJobAsync(node, "fail", Caller.System(_tenant));
        await EndedAsync(node, id);

        var request = Request(HttpMethod.Get, $"/api/jobs/{id}");
        request.Headers.Add("Accept-Language", language);
        using var answer = await node.Client.SendAsync(request);
        var job = await answer.Content.ReadFromJsonAsync<JsonElement>();
        job.GetProperty("errorCode").GetString().ShouldBe("state_too_large");
        job.GetProperty("error").GetString()!.ShouldContain(expected);
    }

    [Fact]
    public async Task What_a_job_left_is_downloaded_whole_as_an_attachment()
    {
        await using var node = await StartAsync();
        var id = await StartJobAsync(node, "attach", Caller.System(_tenant));
        await EndedAsync(node, id);

        using var answer = await node.Client.SendAsync(Request(HttpMethod.Get, $"/api/jobs/{id}/result"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(ScriptJob.Content);
        (await GetAsync(node, $"/api/jobs/{id}")).GetProperty("hasFile").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_result_without_a_file_is_given_as_JSON_and_none_at_all_is_a_conflict()
    {
        await using var node = await StartAsync();
        var noted = await StartJobAsync(node, "note", Caller.System(_tenant));
        var failed = await StartJobAsync(node, "fail", Caller.System(_tenant));
        await EndedAsync(node, noted, failed);

        (await GetAsync(node, $"/api/jobs/{noted}/result")).GetProperty("note").GetString().ShouldBe("done");
        (await CodeAsync(node, HttpMethod.Get, $"/api/jobs/{failed}/result")).ShouldBe((HttpStatusCode.Conflict, "job_without_result"));
    }

    [Fact]
    public async Task Only_whoever_started_a_job_and_admins_may_cancel_it()
    {
        await using var node = await StartAsync();
        var (owner, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await StartJobAsync(node, "wait", new Caller(_tenant, CallerKind.User, owner, "Owner", GrantSets.Of("submitter")));

        (await CodeAsync(node, HttpMethod.Post, $"/api/jobs/{id}/cancel", other, "viewer")).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
        using var answer = await node.Client.SendAsync(Request(HttpMethod.Post, $"/api/jobs/{id}/cancel", owner, "submitter"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await EndedAsync(node, id);
        (await GetAsync(node, $"/api/jobs/{id}")).GetProperty("status").GetString().ShouldBe("cancelled");
        (await CodeAsync(node, HttpMethod.Post, $"/api/jobs/{id}/cancel")).ShouldBe((HttpStatusCode.Conflict, "job_ended"));
    }

    [Fact]
    public async Task Another_tenants_job_does_not_exist()
    {
        await using var node = await StartAsync();
        var id = await StartJobAsync(node, "attach", Caller.System(Guid.CreateVersion7()));

        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/result"), (HttpMethod.Post, "/cancel") })
            (await CodeAsync(node, method, $"/api/jobs/{id}{path}")).ShouldBe((HttpStatusCode.NotFound, "not_found"));
        Ids(await GetAsync(node, "/api/jobs")).ShouldNotContain(id);
    }

    [Theory]
    [InlineData("?limit=0", "value_out_of_range")]
    [InlineData("?limit=1001", "value_out_of_range")]
    [InlineData("?status=asleep", "value_not_allowed")]
    [InlineData("?cursor=x", "value_malformed")]
    public async Task A_bad_query_is_refused(string query, string code)
    {
        await using var node = await StartAsync();
        (await CodeAsync(node, HttpMethod.Get, "/api/jobs" + query)).ShouldBe((HttpStatusCode.BadRequest, code));
    }

    private Task<WebNode> StartAsync() => WebNode.StartAsync(
        database.ConnectionString,
        builder =>
        {
            builder.AddJobs();
            builder.Services.AddJobHandler<ScriptJob>();
        },
        app => app.MapJobs());

    private static Task<Guid> StartJobAsync(WebNode node, string script, Caller caller) => node.Services.GetRequiredService<IJobs>()
        .StartAsync("test.script", "Scripted", new ScriptJob.Arguments(script), caller, CancellationToken.None);

    private async Task EndedAsync(WebNode node, params Guid[] ids)
    {
        foreach (var id in ids)
        {
            await Eventually.IsTrue(
                async () => (await GetAsync(node, $"/api/jobs/{id}")).GetProperty("endedAt").ValueKind != JsonValueKind.Null,
                "the job has ended",
                TimeSpan.FromSeconds(30));
        }
    }

    private async Task<JsonElement> GetAsync(WebNode node, string path)
    {
        using var answer = await node.Client.SendAsync(Request(HttpMethod.Get, path));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<(HttpStatusCode Status, string? Code)> CodeAsync(WebNode node, HttpMethod method, string path, Guid? caller = null, string scope = "admin")
    {
        using var answer = await node.Client.SendAsync(Request(method, path, caller, scope));
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private HttpRequestMessage Request(HttpMethod method, string path, Guid? caller = null, string scope = "admin")
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("x-tenant", _tenant.ToString());
        request.Headers.Add("x-scope", scope);
        if (caller is not null) request.Headers.Add("x-caller", caller.ToString());
        if (method == HttpMethod.Post) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        return request;
    }

    private static List<Guid> Ids(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(j => j.GetProperty("id").GetGuid())];

    private sealed class ScriptJob : IJobHandler
    {
        public sealed record Arguments(string Script);

        public static byte[] Content { get; } = [.. Enumerable.Range(0, (2 * 1024 * 1024) + 77).Select(i => (byte)i)];

        public string Type => "test.script";

        public async Task<object?> RunAsync(JobContext job, CancellationToken cancel)
        {
            job.Report(3, 3, 1);
            switch (job.Arguments<Arguments>().Script)
            {
                case "fail":
                    throw new JobFailedException(new Problem("state_too_large", 413).With("field", "rows").With("size", 2).With("max", 1));
                case "attach":
                    await job.AttachAsync("报告.csv", "text/csv", new MemoryStream(Content), cancel);
                    return null;
                case "wait":
                    await Task.Delay(Timeout.Infinite, cancel);
                    return null;
                default:
                    return new { note = "done" };
            }
        }
    }
}
