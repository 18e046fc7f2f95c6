using System.Net;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Configuration;
using Switchyard.Gateway.Pipeline;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Pipeline;

public sealed class FailoverTests
{
    // What another provider may do better, by the word that the mock understands and the class that we record.
    private static readonly (string Word, string Class)[] Failures =
    [
        ("401", "credential"), ("403", "credential"), ("429", "rate-limited"), ("500", "server"), ("502", "server"), ("503", "server"), ("529", "server"),
        ("error-in-200", "error-in-answer"), ("html-200", "malformed"), ("empty", "malformed"), ("gzip-damaged", "malformed"), ("cut-after-0", "cut"), ("rst-after-0", "cut"),
    ];

    [Fact]
    public async Task P11_an_error_lists_every_attempt_and_no_secret()
    {
        await using var mock = await MockProviders.StartAsync();
        var names = Failures.Select((f, i) => TestGateway.OpenAi(mock.Address, $"p{i}", f.Word)).ToList();
        await using var gateway = await TestGateway.StartAsync(names);
        var chosen = Gen.Choose(0, Failures.Length - 1).ListOf().Where(l => l.Count is > 0 and <= 5);
        await Each(chosen, 100, async indexes =>
        {
            var failing = indexes.Distinct().ToList();
            var providers = failing.Select(i => names[i] with { Models = [Failures[i].Word, "asked"] }).ToList();
            gateway.Snapshots.Current = Routed(providers, i => Failures[failing[i]].Word);

            using var response = await gateway.ChatAsync("default");

            ((int)response.StatusCode).ShouldBeOneOf(429, 502, 503, 504);
            var text = await response.Content.ReadAsStringAsync();
            text.ShouldNotContain("planted-secret");
            var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
            var attempts = error.GetProperty("attempts").EnumerateArray().ToList();
            attempts.Count.ShouldBe(failing.Count);
            for (var i = 0; i < failing.Count; i++)
            {
                attempts[i].GetProperty("provider").GetString().ShouldBe(providers[i].Name);
                attempts[i].GetProperty("model").GetString().ShouldBe(Failures[failing[i]].Word);
                attempts[i].GetProperty("class").GetString().ShouldBe(Failures[failing[i]].Class);
                attempts[i].GetProperty("ms").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
                attempts[i].GetProperty("requestId").GetString().ShouldNotBeNullOrEmpty();
                attempts[i].TryGetProperty("status", out _).ShouldBeTrue();
                error.GetProperty("message").GetString()!.ShouldContain(providers[i].Name);
            }
        });
        gateway.Records().ShouldAllBe(r => r.Status == CallStatus.Failed && r.Attempts.Count > 0);
        JsonSerializer.Serialize(gateway.Records()).ShouldNotContain("planted-secret");
    }

    [Fact]
    public async Task P11_the_error_speaks_the_language_and_the_dialect_of_the_client()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", "500")]);
        gateway.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");

        var openAi = await TestGateway.JsonAsync(await gateway.ChatAsync("500"));
        openAi.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("失败");
        openAi.GetProperty("error").GetProperty("code").GetString().ShouldBe("all_providers_failed");
        var anthropic = await TestGateway.JsonAsync(await gateway.ChatAsync("500", path: "/v1/messages"));
        anthropic.GetProperty("type").GetString().ShouldBe("error");
        anthropic.GetProperty("error").GetProperty("type").GetString().ShouldBe("api_error");
    }

    [Fact]
    public async Task P08_every_attempted_target_gets_the_same_request()
    {
        await using var mock = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "x", "ok")]);
        var request =
            from failing in Gen.Choose(0, 3)
            from temperature in Gen.Choose(0, 200)
            from text in Gen.Elements("plain", "你好 🚂", "line\nbreak \"quoted\" \\ back", "\u2028 odd")
            from stream in Gen.Elements(true, false)
            from tools in Gen.Elements(true, false)
            select (failing, temperature: temperature / 100.0, text, stream, tools);
        await Each(request, 100, async r =>
        {
            mock.Bill.Clear();
            var words = Enumerable.Repeat("503", r.failing).Append("ok").ToList();
            var providers = words.Select((w, i) => TestGateway.OpenAi(mock.Address, $"p{i}", w)).ToList();
            gateway.Snapshots.Current = Routed(providers, i => words[i]);
            var body = new Dictionary<string, object?>
            {
                ["model"] = "default", ["temperature"] = r.temperature, ["stream"] = r.stream, ["seed"] = 7, ["metadata"] = new { trace = r.text },
                ["messages"] = new object[] { new { role = "system", content = "be brief" }, new { role = "user", content = r.text } },
                ["unknown_field"] = new { nested = new[] { 1, 2, 3 } },
            };
            if (r.tools) body["tools"] = new[] { new { type = "function", function = new { name = "look", parameters = new { type = "object" } } } };

            using var response = await gateway.Client.PostAsync("/v1/chat/completions", new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json"));

            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            await response.Content.ReadAsStringAsync();
            var calls = mock.Bill.Calls;
            calls.Count.ShouldBe(words.Count);
            var sent = JsonSerializer.SerializeToElement(body);
            for (var i = 0; i < calls.Count; i++)
            {
                calls[i].Model.ShouldBe(words[i]);
                var received = JsonDocument.Parse(calls[i].Body).RootElement;
                foreach (var member in sent.EnumerateObject().Where(m => m.Name != "model"))
                    JsonElement.DeepEquals(received.GetProperty(member.Name), member.Value).ShouldBeTrue(member.Name);
                received.EnumerateObject().Select(m => m.Name).Except(sent.EnumerateObject().Select(m => m.Name))
                    .ShouldBe(r.stream ? ["stream_options"] : []);
            }
        });
    }

    [Fact]
    public async Task P09_the_records_equal_the_providers_bill()
    {
        await using var mock = await MockProviders.StartAsync();
        var words = new[] { "tokens-10-3", "tokens-200-7", "tokens-5-1+cached-30-0", "tokens-9-4+reasoning-2", "503", "400" };
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(mock.Address, "main", words)]);
        await Each(Gen.Elements(words).Zip(Gen.Elements(true, false)), 100, async call =>
        {
            using var response = await gateway.ChatAsync(call.Item1, call.Item2);
            await response.Content.ReadAsStringAsync();
        });

        await Eventually.IsTrue(() => gateway.Records().Count == 100, "all calls are settled");
        var records = gateway.Records();
        records.Sum(r => r.Attempts.Count).ShouldBe(mock.Bill.Calls.Count);
        records.Sum(r => (long)(r.Tokens?.Input ?? 0)).ShouldBe(mock.Bill.Total.Input);
        records.Sum(r => (long)(r.Tokens?.Output ?? 0)).ShouldBe(mock.Bill.Total.Output);
        records.Sum(r => (long)(r.Tokens?.CachedRead ?? 0)).ShouldBe(mock.Bill.Total.CachedRead);
        records.Select(r => r.Id).Distinct().Count().ShouldBe(100);
        gateway.Journal.Open.ShouldBe(0);
    }

    [Fact]
    public async Task P09_what_a_failed_attempt_used_is_billed_to_the_call_that_another_provider_answered()
    {
        await using var mock = await MockProviders.StartAsync();
        const string cut = "tokens-50-7+cached-900-40+cut-after-0";
        var prices = new Dictionary<string, ModelPrice>
        {
            ["first/" + cut] = new(Guid.CreateVersion7(), "USD", 2m, 10m, 0.2m, 2.5m), ["spare/tokens-5-3"] = new(Guid.CreateVersion7(), "USD", 1m, 4m, null, null),
        };
        await using var gateway = await TestGateway.StartAsync([TestGateway.Anthropic(mock.Address, "first", cut), TestGateway.OpenAi(mock.Address, "spare", "tokens-5-3")], prices: prices);

        using var response = await gateway.ChatAsync("default", stream: true);
        (await response.Content.ReadAsStringAsync()).ShouldContain("[DONE]");

        var record = await gateway.SettledAsync();
        record.Attempts.Select(a => a.Class).ShouldBe(["cut", "none"]);
        var tokens = record.Tokens!.Value;
        (tokens.Input, tokens.CachedRead, tokens.CacheWrite).ShouldBe(((int)mock.Bill.Total.Input, (int)mock.Bill.Total.CachedRead, (int)mock.Bill.Total.CacheWrite));
        tokens.Input.ShouldBe(55);
        record.Cost!.Amount.ShouldBe(((50 * 2m) + (900 * 0.2m) + (40 * 2.5m) + ((tokens.Output - 3) * 10m) + (5 * 1m) + (3 * 4m)) / 1_000_000m);
        response.Headers.Contains("x-switchyard-loss").ShouldBeFalse("the provider that answered speaks the client's dialect");
    }

    [Fact]
    public async Task A_call_that_nobody_answered_is_billed_at_the_price_of_who_used_the_tokens()
    {
        await using var mock = await MockProviders.StartAsync();
        const string cut = "tokens-50-7+cut-after-0";
        var prices = new Dictionary<string, ModelPrice>
        {
            ["first/" + cut] = new(Guid.CreateVersion7(), "USD", 2m, 10m, null, null), ["spare/500"] = new(Guid.CreateVersion7(), "USD", 1000m, 1000m, null, null),
        };
        await using var gateway = await TestGateway.StartAsync([TestGateway.Anthropic(mock.Address, "first", cut), TestGateway.OpenAi(mock.Address, "spare", "500")], prices: prices);

        using var response = await gateway.ChatAsync("default", stream: true);

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        var record = await gateway.SettledAsync();
        record.Tokens!.Value.Input.ShouldBe(50);
        record.Cost!.Amount.ShouldBe(((50 * 2m) + (record.Tokens.Value.Output * 10m)) / 1_000_000m);
    }

    [Fact]
    public async Task A_request_keeps_the_configuration_it_began_with()
    {
        await using var old = await MockProviders.StartAsync();
        await using var fresh = await MockProviders.StartAsync();
        await using var gateway = await TestGateway.StartAsync([TestGateway.OpenAi(old.Address, "main", "tokens-5-8+pace-30ms")]);

        using var response = await gateway.ChatAsync("tokens-5-8+pace-30ms", stream: true);
        gateway.Snapshots.Current = TestGateway.Snapshot([TestGateway.OpenAi(fresh.Address, "main", "tokens-5-8+pace-30ms")]);
        (await response.Content.ReadAsStringAsync()).ShouldContain("[DONE]");

        old.Bill.Calls.Count.ShouldBe(1);
        fresh.Bill.Calls.ShouldBeEmpty();
    }

    private static Switchyard.Gateway.Configuration.GatewaySnapshot Routed(IReadOnlyList<Switchyard.Gateway.Providers.Provider> providers, Func<int, string> model) =>
        TestGateway.Snapshot([.. providers.Select((p, i) => p with { Models = [model(i)] })]);

    // Properties over one running gateway, on a thread of their own: each case waits for its call.
    private static Task Each<T>(Gen<T> gen, int cases, Func<T, Task> check) => Task.Factory.StartNew(
        () => Prop.ForAll(gen.ToArbitrary(), value => check(value).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(cases)),
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
