using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Platform.Access;
using Switchyard.Platform.Http;
using Switchyard.Platform.Http.Idempotency;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage;
using Switchyard.Platform.Storage.Postgres;
using Switchyard.Platform.Tests.EventLog;

namespace Switchyard.Platform.Tests.Http;

public sealed class IdempotencyTests(EventDatabase database) : IClassFixture<EventDatabase>, IAsyncLifetime
{
    private readonly VirtualClock _clock = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebTestHost _host = null!;
    private int _executed;

    public async ValueTask InitializeAsync() => _host = await WebTestHost.StartAsync(
        app =>
        {
            app.Use((http, next) =>
            {
                var id = new Guid(http.Request.Headers["x-test-caller"].ToString());
                http.Features.Set(new Caller(Tenants.Default, CallerKind.ApiKey, id, "test", Grants.Admin));
                return next(http);
            });
            app.UseIdempotency();
            app.MapPost("/api/things", CreateAsync);
        },
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Services.AddSingleton(new SecretBox(new KeyChain([MasterKey.Create()])));
            builder.AddStorage();
        },
        new KeyValuePair<string, string?>("database:connection", database.ConnectionString));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_same_key_and_body_replays_the_stored_answer()
    {
        var (key, caller) = (Id(), Guid.CreateVersion7());

        using var first = await PostAsync(caller, key, new("ok"));
        using var second = await PostAsync(caller, key, new("ok"));

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        second.Headers.Location.ShouldBe(first.Headers.Location);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        _executed.ShouldBe(1);
    }

    [Fact]
    public async Task Another_body_with_the_same_key_is_refused()
    {
        var (key, caller) = (Id(), Guid.CreateVersion7());
        (await PostAsync(caller, key, new("ok"))).Dispose();

        using var other = await PostAsync(caller, key, new("other"));

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CodeOf(other)).ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task Another_callers_key_is_not_mine()
    {
        var key = Id();
        (await PostAsync(Guid.CreateVersion7(), key, new("ok"))).Dispose();
        using var other = await PostAsync(Guid.CreateVersion7(), key, new("ok"));

        other.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        _executed.ShouldBe(2);
    }

    [Fact]
    public async Task Of_parallel_requests_with_one_key_exactly_one_is_executed()
    {
        var (key, caller) = (Id(), Guid.CreateVersion7());

        var sent = Enumerable.Range(0, 12).Select(_ => PostAsync(caller, key, new("wait"))).ToList();
        await Eventually.IsTrue(() => sent.Count(s => s.IsCompleted) == 11, "eleven refusals");
        _gate.SetResult();
        var answers = await Task.WhenAll(sent);

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(11);
        _executed.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_that_changed_nothing_may_be_tried_again()
    {
        var (key, caller) = (Id(), Guid.CreateVersion7());

        using var first = await PostAsync(caller, key, new("fail-once"));
        using var second = await PostAsync(caller, key, new("fail-once"));

        first.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_crash_after_the_commit_never_leads_to_a_second_execution()
    {
        var (key, caller) = (Id(), Guid.CreateVersion7());

        using var first = await PostAsync(caller, key, new("crash-after-commit"));
        _clock.Advance(IdempotencyStore.Lease + TimeSpan.FromSeconds(1));
        using var second = await PostAsync(caller, key, new("crash-after-commit"));

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await CodeOf(second)).ShouldBe("idempotency_answer_lost");
        _executed.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_day_the_key_is_free_again()
    {
        var (key, caller) = (Id(), Guid.CreateVersion7());
        (await PostAsync(caller, key, new("ok"))).Dispose();
        _clock.Advance(IdempotencyStore.Kept + TimeSpan.FromMinutes(1));

        (await PostAsync(caller, key, new("ok"))).Dispose();

        _executed.ShouldBe(2);
    }

    [Fact]
    public async Task A_stored_answer_is_not_readable_in_the_database()
    {
        (await PostAsync(Guid.CreateVersion7(), Id(), new("ok"))).Dispose();

        await using var connection = await database.Source.OpenConnectionAsync();
        var answers = await connection.QueryAsync<byte[]>("select answer from platform.idempotency where answer is not null");
        foreach (var answer in answers) answer.AsSpan().IndexOf("the-secret"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task A_malformed_key_is_refused_by_name()
    {
        using var refused = await PostAsync(Guid.CreateVersion7(), new string('k', 256), new("ok"));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CodeOf(refused)).ShouldBe("idempotency_key_invalid");
    }

    private async Task<IResult> CreateAsync(Thing thing, HttpContext http, Database data, CancellationToken cancel)
    {
        var times = Interlocked.Increment(ref _executed);
        if (thing.Name == "wait") await _gate.Task.WaitAsync(cancel);
        if (thing.Name == "fail-once" && times == 1) throw new InvalidOperationException("planned");
        await using var change = await data.BeginAsync(http.Caller(), cancel);
        await change.CommitAsync(cancel);
        if (thing.Name == "crash-after-commit") throw new InvalidOperationException("planned");
        return Results.Created($"/api/things/{times}", new { thing.Name, secret = "the-secret" });
    }

    private Task<HttpResponseMessage> PostAsync(Guid caller, string key, Thing thing) => _host.SendAsync(
        HttpMethod.Post, "/api/things", JsonContent.Create(thing), ("Idempotency-Key", key), ("x-test-caller", caller.ToString()));

    private static async Task<string?> CodeOf(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<Dictionary<string, object>>())!["code"].ToString();

    private static string Id() => Guid.CreateVersion7().ToString();

    private sealed record Thing(string Name);
}
