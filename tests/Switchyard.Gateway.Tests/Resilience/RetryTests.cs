using System.Net;
using Switchyard.Gateway.Pipeline;
using Switchyard.Gateway.Providers;
using Switchyard.Gateway.Resilience;
using Switchyard.Gateway.Tests.Pipeline;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Resilience;

/// <summary>Retries and breakers through the real pipeline.</summary>
public sealed class RetryTests
{
    private static readonly Dictionary<string, string?> AtOnce = new() { ["gateway:retry:attempts"] = "3", ["gateway:retry:base"] = "00:00:00", ["gateway:breaker:failures"] = "5" };

    [Fact]
    public async Task A_target_that_recovers_answers_and_every_attempt_is_on_record()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "flaky-2")], AtOnce);
        foreach (var stream in new[] { false, true })
        {
            mock.Bill.Clear();
            using var response = await gateway.ChatAsync("flaky-2", stream);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            await response.Content.ReadAsStringAsync();
        }

        await Eventually.IsTrue(() => gateway.Records().Count == 2, "both calls are settled");
        gateway.Records()[0].Attempts.Select(a => a.Status).ShouldBe([503, 503, 200]);
        gateway.Records(open: true).Count(r => r.Status == CallStatus.Open && r.Id == gateway.Records()[0].Id).ShouldBe(3, "an intent before each call");
    }

    [Theory]
    [InlineData("429-retry-after-2", 2, 2)]
    [InlineData("429-retry-date-2", 0, 2)]
    [InlineData("429-reset-2", 2, 2)]
    public async Task P13_a_busy_target_is_waited_for_and_what_it_asks_is_passed_on(string word, int atLeast, int atMost)
    {
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            [TestGateway.OpenAi(mock.Address, "main", word)], new Dictionary<string, string?>(AtOnce) { ["gateway:retry:attempts"] = "2" }, time);
        var watched = time.Waiting;

        var asked = gateway.ChatAsync(word);
        await Eventually.IsTrue(() => mock.Bill.Calls.Count == 1 && time.Waiting > watched, "the first attempt failed and its wait began");
        for (var passed = 0; passed < 30 && mock.Bill.Calls.Count == 1; passed++)
        {
            passed.ShouldBeLessThanOrEqualTo(atMost * 10, "the wait is over");
            time.Advance(TimeSpan.FromMilliseconds(100));
            if (passed < (atLeast * 10) - 1) mock.Bill.Calls.Count.ShouldBe(1);
            else await Eventually.IsTrue(() => mock.Bill.Calls.Count == 2 || time.Waiting > watched, "either the call or its wait goes on");
        }

        using var response = await asked;
        ((int)response.StatusCode).ShouldBe(429);
        response.Headers.RetryAfter.ShouldNotBeNull();
        mock.Bill.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task P13_another_target_answers_for_one_that_stays_busy()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "busy", "429"), TestGateway.OpenAi(mock.Address, "spare", "ok")], AtOnce);
        using var response = await gateway.ChatAsync("default");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.SettledAsync()).Attempts.Select(a => (a.Provider, a.Status)).ShouldBe([("busy", 429), ("busy", 429), ("busy", 429), ("spare", 200)]);
    }

    [Fact]
    public async Task A_client_that_leaves_while_the_gateway_waits_ends_the_call()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "429-retry-after-100")], new Dictionary<string, string?> { ["gateway:retry:attempts"] = "3" });
        using var leave = new CancellationTokenSource();
        var asked = gateway.Client.PostAsync("/v1/chat/completions", new StringContent("""{"model":"429-retry-after-100","messages":[{"role":"user","content":"x"}]}""", System.Text.Encoding.UTF8, "application/json"), leave.Token);
        await Eventually.IsTrue(() => mock.Bill.Calls.Count == 1, "the first attempt was made");
        leave.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => asked);
        (await gateway.SettledAsync()).Status.ShouldBe(CallStatus.Aborted);
        mock.Bill.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failing_target_is_passed_over_until_a_trial_succeeds_and_is_still_asked_when_it_is_alone()
    {
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var mock = await MockProviders.StartAsync();
        Provider[] providers = [TestGateway.OpenAi(mock.Address, "first", "flaky-6"), TestGateway.OpenAi(mock.Address, "spare", "ok")];
        await using var gateway = await TestGateway.StartAsync(providers, new Dictionary<string, string?>(AtOnce) { ["gateway:retry:attempts"] = "1" }, time);
        async Task<string> AnsweredByAsync(string model)
        {
            using var response = await gateway.ChatAsync(model);
            return response.IsSuccessStatusCode ? response.Headers.GetValues("x-switchyard-provider").Single() : ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        for (var i = 0; i < 5; i++) (await AnsweredByAsync("default")).ShouldBe("spare");
        mock.Bill.Calls.Count(c => c.Model == "flaky-6").ShouldBe(5);
        (await AnsweredByAsync("default")).ShouldBe("spare");
        mock.Bill.Calls.Count(c => c.Model == "flaky-6").ShouldBe(5, "it is passed over");
        gateway.Get<Breakers>().Of(providers[0].Id).ShouldHaveSingleItem().State.ShouldBe("open");
        (await AnsweredByAsync("first/flaky-6")).ShouldBe("503", "it is asked when nobody else can be");
        (await AnsweredByAsync("first/flaky-6")).ShouldBe("first");
        (await AnsweredByAsync("default")).ShouldBe("first", "it has shown that it works again");
        gateway.Get<Breakers>().Of(providers[0].Id).ShouldBeEmpty();
    }
}
