using System.Text.Json;
using Switchyard.Gateway.Configuration;
using Switchyard.TestKit.Providers;

namespace Switchyard.Gateway.Tests.Configuration;

public sealed class ConnectionTestTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private const string Path = "/admin/config/llm";
    private const string Key = "sk-planted-0123456789abcd";

    private GatewayHost _host = null!;
    private MockProviders _mock = null!;

    public async ValueTask InitializeAsync()
    {
        _mock = await MockProviders.StartAsync();
        _host = await GatewayHost.StartAsync(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _mock.DisposeAsync();
    }

    [Theory]
    [InlineData("openai", "/v1")]
    [InlineData("azure-openai", "")]
    [InlineData("anthropic", "")]
    [InlineData("qwen", "/compatible-mode/v1")]
    [InlineData("zhipu", "/api/paas/v4")]
    [InlineData("baidu", "/v2")]
    [InlineData("hunyuan", "/v1")]
    [InlineData("ollama", "")]
    [InlineData("openai-compatible", "/v1")]
    [InlineData("simulator", "/v1")]
    public async Task Every_kind_passes_all_steps_against_a_working_server(string kind, string path)
    {
        var report = await UnsavedAsync(new { name = "x", kind, mode = "local", endpoint = $"{_mock.Address}".TrimEnd('/') + path, apiKey = Key, models = new[] { "ok" } });

        report.GetProperty("ok").GetBoolean().ShouldBeTrue(report.GetRawText());
        report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()).ShouldBe(["dns", "tls", "auth", "models", "call", "stream"]);
        report.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("name").GetString() != "models").ShouldAllBe(step => step.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("401", "call")]
    [InlineData("503", "call")]
    [InlineData("html-200", "call")]
    [InlineData("empty", "call")]
    [InlineData("error-in-200", "call")]
    public async Task A_failing_call_names_its_step_and_the_upstreams_words(string model, string step)
    {
        var report = await UnsavedAsync(new { name = "x", kind = "openai-compatible", mode = "local", endpoint = _mock.OpenAi, apiKey = Key, models = new[] { model } });

        report.GetProperty("ok").GetBoolean().ShouldBeFalse(report.GetRawText());
        var failed = report.GetProperty("steps").EnumerateArray().First(s => s.GetProperty("name").GetString() == step);
        failed.GetProperty("ok").GetBoolean().ShouldBeFalse(report.GetRawText());
        failed.GetProperty("detail").GetString().ShouldStartWith("HTTP ");
        report.GetRawText().ShouldNotContain(Key);
    }

    [Fact]
    public async Task What_a_test_costs_is_recorded_as_any_call_is()
    {
        await UnsavedAsync(new { name = "billed", kind = "openai-compatible", mode = "local", endpoint = _mock.OpenAi, models = new[] { "tokens-30-5" } });
        var billed = _mock.Bill.For("tokens-30-5");
        billed.Count.ShouldBe(2);

        await Eventually.Pass(async () =>
        {
            var recorded = await _host.ScalarAsync<string>(
                "select count(*) || '/' || coalesce(sum(tokens_input), 0) || '/' || coalesce(sum(tokens_output), 0) || '/' || coalesce(string_agg(distinct status, ','), '') from gateway.usage where feature = 'connection-test' and model = 'tokens-30-5'");
            recorded.ShouldBe($"2/{billed.Sum(call => call.Usage.Input)}/{billed.Sum(call => call.Usage.Output)}/succeeded");
        });
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_fails_at_dns_and_the_rest_is_skipped_in_chinese()
    {
        var report = await UnsavedAsync(new { name = "x", kind = "openai", endpoint = "https://nothing-here.invalid/v1", apiKey = Key, models = new[] { "m" } }, "zh-CN");

        var steps = report.GetProperty("steps").EnumerateArray().ToArray();
        steps[0].GetProperty("ok").GetBoolean().ShouldBeFalse();
        steps[0].GetProperty("message").GetString()!.ShouldContain("无法解析");
        steps[1..].ShouldAllBe(step => step.GetProperty("skipped").GetBoolean());
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_fails_at_tls()
    {
        await using var mock = await MockProviders.StartAsync(tls: true);

        var report = await UnsavedAsync(new { name = "x", kind = "openai-compatible", mode = "local", endpoint = mock.OpenAi, models = new[] { "m" } });

        report.GetProperty("steps")[1].GetProperty("ok").GetBoolean().ShouldBeFalse();
        report.GetProperty("steps")[2].GetProperty("skipped").GetBoolean().ShouldBeTrue();
        mock.Bill.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unsaved_form_uses_the_stored_key_for_the_same_host_only()
    {
        var (_, created) = await _host.SendAsync(HttpMethod.Post, Path, new { name = "stored", kind = "openai", mode = "local", endpoint = _mock.OpenAi, apiKey = Key, models = new[] { "ok" } });
        var id = created!.Value.GetProperty("id").GetGuid();
        await using var elsewhere = await MockProviders.StartAsync();

        var same = await UnsavedAsync(new { id, name = "stored", kind = "openai", mode = "local", endpoint = _mock.OpenAi, models = new[] { "echo" } });
        same.GetProperty("ok").GetBoolean().ShouldBeTrue(same.GetRawText());

        var (status, problem) = await _host.SendAsync(HttpMethod.Post, $"{Path}/test", new { id, name = "stored", kind = "openai", mode = "local", endpoint = elsewhere.OpenAi, models = new[] { "echo" } });
        status.ShouldBe(400);
        problem!.Value.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("apiKey");
        elsewhere.Bill.Calls.ShouldBeEmpty();

        var other = await UnsavedAsync(new { id, name = "stored", kind = "openai", mode = "local", endpoint = elsewhere.OpenAi, apiKey = "sk-another-one", models = new[] { "echo" } });
        other.GetProperty("ok").GetBoolean().ShouldBeTrue();
        elsewhere.Bill.Calls.ShouldAllBe(call => !call.Headers.Values.Any(value => value.Contains(Key)));
    }

    [Fact]
    public async Task The_outcome_of_a_stored_providers_test_is_kept_with_it()
    {
        var (_, created) = await _host.SendAsync(HttpMethod.Post, Path, new { name = "kept", kind = "simulator", models = new[] { "sim-echo" } });
        var id = created!.Value.GetProperty("id").GetGuid();

        (await _host.SendAsync(HttpMethod.Post, $"{Path}/{id}/test")).Status.ShouldBe(200);

        var (_, read) = await _host.SendAsync(HttpMethod.Get, $"{Path}/{id}");
        read!.Value.GetProperty("lastTest").GetProperty("ok").GetBoolean().ShouldBeTrue();
        read.Value.GetProperty("version").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task No_test_calls_anybody_while_calls_are_switched_off()
    {
        await using var off = await GatewayHost.StartAsync(database.ConnectionString, settings: new Dictionary<string, string?> { ["LLM_ENABLED"] = "false" });

        var (status, problem) = await off.SendAsync(HttpMethod.Post, $"{Path}/test", new { name = "x", kind = "openai-compatible", mode = "local", endpoint = _mock.OpenAi, models = new[] { "ok" } });

        status.ShouldBe(503);
        problem!.Value.GetProperty("code").GetString().ShouldBe("calls_disabled");
        _mock.Bill.Calls.ShouldBeEmpty();
    }

    private async Task<JsonElement> UnsavedAsync(object form, string? language = null)
    {
        var (status, report) = await _host.SendAsync(HttpMethod.Post, $"{Path}/test", form, language: language);
        status.ShouldBe(200, report?.GetRawText());
        return report!.Value;
    }
}
