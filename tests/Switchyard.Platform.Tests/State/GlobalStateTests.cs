using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Access;
using Switchyard.Platform.EventLog;
using Switchyard.Platform.State;
using Switchyard.Platform.Tests.EventLog;

namespace Switchyard.Platform.Tests.State;

public sealed class GlobalStateTests(EventDatabase database) : IClassFixture<EventDatabase>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    [Fact]
    public async Task Every_component_is_there_before_anything_was_published_and_says_why_it_is_empty()
    {
        await using var node = await StartAsync();
        var state = await ReadAsync(node);

        state.GetProperty("version").GetInt64().ShouldBe(0);
        foreach (var name in GlobalState.Components)
        {
            state.GetProperty("components").GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Null);
            state.GetProperty("missing").GetProperty(name).GetString().ShouldBe("not-published");
        }

        state.GetProperty("extensions").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_published_is_merged_versioned_and_announced()
    {
        await using var node = await StartAsync();
        (await PublishAsync(node, "ml", """{"model":"a","accuracy":0.9}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var second = await PublishAsync(node, "ml", """{"accuracy":null,"coverage":0.5}""");
        (await PublishAsync(node, "shelf-planner", """{"n":1e400}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        second.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var state = await ReadAsync(node);
        state.GetProperty("version").GetInt64().ShouldBe(3);
        state.GetProperty("components").GetProperty("ml").GetRawText().ShouldBe("""{"model":"a","coverage":0.5}""");
        state.GetProperty("extensions").GetProperty("shelf-planner").GetRawText().ShouldBe("""{"n":1e400}""");
        state.GetProperty("missing").TryGetProperty("ml", out _).ShouldBeFalse();

        var events = await node.Log.ReadAsync(_tenant, EventFilter.Of(["state.updated"]), 0, long.MaxValue, 10, CancellationToken.None);
        events.Select(e => JsonNode.Parse(e.Payload)!["version"]!.GetValue<long>()).ShouldBe([1, 2, 3]);
        events[1].Subject.ShouldBe("ml");
        JsonNode.Parse(events[1].Payload)!["patch"]!.ToJsonString().ShouldBe("""{"accuracy":null,"coverage":0.5}""");
    }

    [Fact]
    public async Task Publishing_what_is_already_there_changes_neither_version_nor_log()
    {
        await using var node = await StartAsync();
        await PublishAsync(node, "data", """{"a":{"b":1}}""");
        await PublishAsync(node, "data", """{"a":{"b":1}}""");

        (await ReadAsync(node)).GetProperty("version").GetInt64().ShouldBe(1);
        (await node.Log.ReadAsync(_tenant, EventFilter.All, 0, long.MaxValue, 10, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_known_version_is_answered_with_304_until_the_state_changes()
    {
        await using var node = await StartAsync();
        await PublishAsync(node, "center", """{"a":1}""");
        (await ConditionalAsync(node, "\"1\"")).ShouldBe(HttpStatusCode.NotModified);
        (await ConditionalAsync(node, "\"7\", W/\"1\"")).ShouldBe(HttpStatusCode.NotModified);

        await PublishAsync(node, "center", """{"a":2}""");
        (await ConditionalAsync(node, "\"1\"")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_many_publishers_with_the_same_If_Match_one_wins_and_the_others_learn_the_version()
    {
        await using var node = await StartAsync();
        await PublishAsync(node, "gateway", """{"n":0}""");

        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => PublishAsync(node, "gateway", $$"""{"n":{{i}}}""", "\"1\"")));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(11);
        (await ReadAsync(node)).GetProperty("version").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Publishers_without_If_Match_never_lose_each_others_fields()
    {
        await using var here = await StartAsync();
        await using var there = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => PublishAsync(i % 2 == 0 ? here : there, "ml", $$"""{"f{{i}}":{{i}}}""")));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        var state = await ReadAsync(there);
        state.GetProperty("version").GetInt64().ShouldBe(40);
        state.GetProperty("components").GetProperty("ml").EnumerateObject().Select(p => p.Name).Order()
            .ShouldBe(Enumerable.Range(0, 40).Select(i => $"f{i}").Order());
    }

    [Fact]
    public async Task Another_tenants_state_stays_its_own()
    {
        await using var node = await StartAsync();
        await PublishAsync(node, "ml", """{"a":1}""");
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/llm/global-state");
        request.Headers.Add("x-tenant", Guid.CreateVersion7().ToString());
        using var answer = await node.Client.SendAsync(request);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"component":"Bad Name","patch":{}}""", 400, "value_malformed", "component")]
    [InlineData("""{"component":"ml","patch":[1]}""", 400, "value_malformed", "patch")]
    [InlineData("""{"component":"ml"}""", 400, "field_required", "patch")]
    [InlineData("""{"component":"ml","patch":{"a":1,"a":2}}""", 400, "duplicate_field", null)]
    [InlineData("""{"component":"ml","patch":{"a":1},"tenantId":"x"}""", 400, "unknown_field", "tenantId")]
    public async Task A_bad_update_is_refused_by_field(string body, int status, string code, string? field)
    {
        await using var node = await StartAsync();
        using var answer = await node.Client.PostAsync("/api/llm/update-global-state", new StringContent(body, Encoding.UTF8, "application/json"));
        ((int)answer.StatusCode).ShouldBe(status);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe(code);
        if (field is not null) problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Too_much_and_too_deep_are_refused_and_a_strange_If_Match_never_passes()
    {
        await using var node = await StartAsync();
        var large = JsonSerializer.Serialize(new { text = new string('x', GlobalState.MaxComponentBytes) });
        (await CodeAsync(await PublishAsync(node, "ml", large))).ShouldBe("state_too_large");
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 17)) + "1" + new string('}', 17);
        (await CodeAsync(await PublishAsync(node, "ml", deep))).ShouldBe("state_too_deep");
        (await CodeAsync(await PublishAsync(node, "ml", """{"a":1}""", "\"x\""))).ShouldBe("value_malformed");
        (await ReadAsync(node)).GetProperty("version").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_contributor_keeps_its_component_current_after_the_events_it_names()
    {
        var numbers = new Numbers();
        await using var node = await WebNode.StartAsync(
            database.ConnectionString,
            builder =>
            {
                builder.AddState();
                builder.Services.AddSingleton(numbers);
                builder.Services.AddStateContributor<Numbers>();
            },
            app => app.MapState());
        numbers.Current = 5;
        await using (var change = await node.Database.BeginAsync(Caller.System(_tenant), CancellationToken.None))
        {
            change.Raise("test", new TestHappened(1, 1));
            await change.CommitAsync(CancellationToken.None);
        }

        await Eventually.Pass(async () =>
            (await ReadAsync(node)).GetProperty("components").GetProperty("gateway").GetProperty("current").GetInt32().ShouldBe(5));
    }

    private Task<WebNode> StartAsync() => WebNode.StartAsync(database.ConnectionString, b => b.AddState(), app => app.MapState());

    private async Task<JsonElement> ReadAsync(WebNode node)
    {
        using var answer = await node.Client.SendAsync(With(new HttpRequestMessage(HttpMethod.Get, "/api/llm/global-state")));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpStatusCode> ConditionalAsync(WebNode node, string ifNoneMatch)
    {
        var request = With(new HttpRequestMessage(HttpMethod.Get, "/api/llm/global-state"));
        request.Headers.Add("If-None-Match", ifNoneMatch);
        using var answer = await node.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> PublishAsync(WebNode node, string component, string patch, string? ifMatch = null)
    {
        var request = With(new HttpRequestMessage(HttpMethod.Post, "/api/llm/update-global-state"));
        request.Content = new StringContent($$"""{"component":"{{component}}","patch":{{patch}}}""", Encoding.UTF8, "application/json");
        if (ifMatch is not null) request.Headers.Add("If-Match", ifMatch);
        return node.Client.SendAsync(request);
    }

    private HttpRequestMessage With(HttpRequestMessage request)
    {
        request.Headers.Add("x-tenant", _tenant.ToString());
        return request;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private sealed class Numbers : IStateContributor
    {
        public int Current { get; set; }

        public string Component => "gateway";

        public IReadOnlyCollection<string> Types => ["test.*"];

        public Task<JsonObject> ComposeAsync(Guid tenant, CancellationToken cancel) => Task.FromResult(new JsonObject { ["current"] = Current });
    }
}
