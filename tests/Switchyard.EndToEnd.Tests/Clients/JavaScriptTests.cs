using System.Diagnostics;
using System.Text.Json;
using Switchyard.EndToEnd.Tests.Running;
using Switchyard.TestKit.Providers;

namespace Switchyard.EndToEnd.Tests.Clients;

/// <summary>The official JavaScript SDKs under Node (<c>tests/clients-js</c>), with one base address changed.</summary>
public sealed class JavaScriptTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    public static TheoryData<string, string> Pairs => new()
    {
        { "openai", "openai" }, { "openai", "anthropic" }, { "openai", "ollama" },
        { "anthropic", "anthropic" }, { "anthropic", "openai" }, { "anthropic", "ollama" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_complete_answer_comes_with_its_usage_and_provider(string sdk, string provider)
    {
        var result = await PlayAsync(sdk, "chat", $"{provider}/tokens-100-6");

        result.GetProperty("text").GetString().ShouldBe("word1 word2 word3 word4 word5 word6");
        (result.GetProperty("input").GetInt32(), result.GetProperty("output").GetInt32()).ShouldBe((100, 6));
        result.GetProperty("provider").GetString().ShouldBe(provider);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_stream_arrives_piece_by_piece_with_its_usage(string sdk, string provider)
    {
        var result = await PlayAsync(sdk, "stream", $"{provider}/unicode");

        result.GetProperty("text").GetString().ShouldBe("你好，世界 — naïve 🚂🛤️ Привет!");
        result.GetProperty("pieces").GetInt32().ShouldBe(6);
        (result.GetProperty("input").GetInt32(), result.GetProperty("output").GetInt32()).ShouldBe((12, 6));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Tools_are_called_and_their_results_are_answered(string sdk, string provider)
    {
        var result = await PlayAsync(sdk, "tools", $"{provider}/parallel-tools");

        result.GetProperty("names").EnumerateArray().Select(n => n.GetString()).ShouldBe(["get_weather", "get_weather"]);
        result.GetProperty("cities").EnumerateArray().Select(n => n.GetString()).ShouldBe(["mock", "mock"]);
        result.GetProperty("text").GetString().ShouldBe("The tool said: sunny");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Streamed_tool_arguments_come_together(string sdk, string provider)
    {
        var result = await PlayAsync(sdk, "streamedTools", $"{provider}/tools");

        result.GetProperty("calls").EnumerateArray().Select(c => c.GetString()).ShouldBe(["""{"city":"mock"}"""]);
    }

    [Fact]
    public async Task Who_did_not_ask_for_usage_sees_none_in_the_stream()
    {
        var result = await PlayAsync("openai", "streamWithoutUsage", "openai/tokens-31-6");

        result.GetProperty("usageSeen").GetBoolean().ShouldBeFalse();
        // It was asked for all the same, for metering.
        gateway.Mock.Bill.For("tokens-31-6").ShouldHaveSingleItem().Text.ShouldContain("\"include_usage\":true");
    }

    [Fact]
    public async Task Embeddings_keep_their_numbers()
    {
        var result = await PlayAsync("openai", "embeddings", "openai/embed");

        result.GetProperty("count").GetInt32().ShouldBe(2);
        result.GetProperty("dimensions").GetInt32().ShouldBe(8);
    }

    [Fact]
    public async Task Models_are_listed()
    {
        var result = await PlayAsync("openai", "models", "-");

        result.GetProperty("ids").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("openai", "AuthenticationError")]
    [InlineData("anthropic", "AuthenticationError")]
    public async Task An_unknown_key_is_the_error_that_the_sdk_knows(string sdk, string kind)
    {
        var error = await FailAsync(sdk, "chat", $"{sdk}/ok", key: "sy-unknown");

        error.GetProperty("kind").GetString().ShouldBe(kind);
        error.GetProperty("requestId").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_rate_limit_is_the_error_that_the_sdk_knows(string sdk) =>
        (await FailAsync(sdk, "chat", $"{sdk}/429-retry-after-1")).GetProperty("kind").GetString().ShouldBe("RateLimitError");

    [Theory]
    [InlineData("openai", "cut-after-3")]
    [InlineData("openai", "error-after-3")]
    [InlineData("anthropic", "cut-after-3")]
    [InlineData("anthropic", "error-after-3")]
    public async Task A_broken_stream_is_an_error_and_no_answer(string sdk, string script) =>
        (await FailAsync(sdk, "stream", $"{sdk}/{script}")).GetProperty("kind").GetString().ShouldNotBeNullOrEmpty();

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Leaving_in_mid_stream_stops_the_vendor(string sdk)
    {
        var script = $"tokens-{(sdk == "openai" ? 11 : 13)}-500+pace-20ms";
        (await PlayAsync(sdk, "abort", $"{sdk}/{script}")).GetProperty("pieces").GetInt32().ShouldBe(2);

        await Eventually.Pass(() => gateway.Mock.Bill.For(script).ShouldHaveSingleItem().Outcome.ShouldBe(CallOutcome.Aborted), TimeSpan.FromSeconds(30));
    }

    private async Task<JsonElement> PlayAsync(string sdk, string scenario, string model)
    {
        var output = await RunAsync(sdk, scenario, model, gateway.ClientKey);
        return output.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{sdk} {scenario} {model}: {output}");
    }

    private async Task<JsonElement> FailAsync(string sdk, string scenario, string model, string? key = null)
    {
        var output = await RunAsync(sdk, scenario, model, key ?? gateway.ClientKey);
        return output.TryGetProperty("error", out var error) ? error : throw new InvalidOperationException($"{sdk} {scenario} {model} should have failed: {output}");
    }

    private async Task<JsonElement> RunAsync(string sdk, string scenario, string model, string key)
    {
        var address = gateway.Server.Address.ToString().TrimEnd('/') + (sdk == "openai" ? "/v1" : "");
        using var node = Process.Start(new ProcessStartInfo("node", [$"{sdk}.mjs", scenario, address, key, model])
        {
            WorkingDirectory = Repository.Path("tests", "clients-js"), RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        var text = await output;
        return text.Length > 0 ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"node said nothing: {await errors}");
    }
}
