using System.Text;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Scanning;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Tests.Wire;

public sealed class VendorStreamTests
{
    public static TheoryData<string> Vendors => new(VendorStreams.All.Select(sample => sample.Vendor));

    [Theory]
    [MemberData(nameof(Vendors))]
    public void Every_vendors_stream_is_understood(string vendor)
    {
        var sample = VendorStreams.All.Single(sample => sample.Vendor == vendor);
        for (var seed = 0; seed < 20; seed++)
        {
            var (steps, completed) = Codec.Read(sample.Stream, sample.Dialect, seed);
            completed.ShouldBeTrue();
            var answer = Collected.From(steps);
            string.Concat(answer.Parts.OfType<TextPart>().Select(part => part.Text)).ShouldBe(sample.Text);
            string.Concat(answer.Parts.OfType<ThinkingPart>().Select(part => part.Text)).ShouldBe(sample.Thinking);
            string.Join(";", answer.Parts.OfType<ToolCallPart>().Select(call => $"{call.Id} {call.Name}({call.Arguments})")).ShouldBe(sample.Calls);
            (answer.Stop, answer.Usage, answer.Model).ShouldBe((sample.Stop, sample.Usage, sample.Model));
        }
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public void Metering_sees_the_same_while_the_bytes_pass_through(string vendor)
    {
        var sample = VendorStreams.All.Single(sample => sample.Vendor == vendor);
        var scanner = Scan(sample.Stream, sample.Dialect, dropUsage: false, out var forwarded);
        scanner.Facts.Usage.ShouldBe(sample.Usage);
        scanner.Facts.Model.ShouldBe(sample.Model);
        scanner.Facts.HasOutput.ShouldBeTrue();
        scanner.Facts.Completed.ShouldBeTrue();
        scanner.Facts.Error.ShouldBeNull();
        forwarded.ShouldBe(sample.Stream);
    }

    [Fact]
    public void The_usage_chunk_that_only_the_gateway_asked_for_is_taken_out_and_nothing_else()
    {
        var stream = VendorStreams.All[0].Stream;
        var scanner = Scan(stream, Dialect.OpenAiChat, dropUsage: true, out var forwarded);
        scanner.Facts.Usage.ShouldBe(new TokenUsage(7, 2, 4));
        var usage = stream.IndexOf("data: {\"id\":\"chatcmpl-A1\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[],", StringComparison.Ordinal);
        forwarded.ShouldBe(stream[..usage] + stream[stream.IndexOf("data: [DONE]", StringComparison.Ordinal)..]);

        // A vendor that reports usage together with the last words keeps its chunk.
        var zhipu = VendorStreams.All.Single(sample => sample.Vendor == "zhipu").Stream;
        Scan(zhipu, Dialect.OpenAiChat, dropUsage: true, out var whole);
        whole.ShouldBe(zhipu);
    }

    [Theory]
    [InlineData(Dialect.OpenAiChat, """{"error":{"message":"boom","type":"server_error","code":"oops"}}""", "oops", "boom")]
    [InlineData(Dialect.OpenAiChat, """{"error":"boom"}""", null, "boom")]
    [InlineData(Dialect.OpenAiChat, """{"code":"InvalidParameter","message":"boom","request_id":"r"}""", "InvalidParameter", "boom")]
    [InlineData(Dialect.OpenAiChat, """{"error_code":336003,"error_msg":"boom"}""", "336003", "boom")]
    [InlineData(Dialect.OpenAiChat, """{"object":"error","message":"boom","type":"BadRequestError","code":400}""", "400", "boom")]
    [InlineData(Dialect.OpenAiChat, """{"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"network_error"}]}""", "network_error", "The provider broke the answer off (network_error).")]
    [InlineData(Dialect.OpenAiChat, """{"error":{"message":"boom","code":"a\u0000b sk-abcdefghij"}}""", "a b [key]", "boom")]
    [InlineData(Dialect.AnthropicMessages, """{"type":"error","error":{"type":"overloaded_error","message":"boom"},"request_id":"r"}""", null, "boom")]
    [InlineData(Dialect.OllamaChat, """{"error":"boom"}""", null, "boom")]
    public void An_error_inside_a_200_is_seen_in_bodies_and_streams(Dialect dialect, string json, string? code, string message)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var body = ResponseScanner.For(dialect);
        body.ReadBody(bytes);
        var stream = ResponseScanner.For(dialect);
        stream.ReadEvent(bytes).ShouldBeTrue();
        foreach (var facts in new[] { body.Facts, stream.Facts })
        {
            (facts.Error!.Code, OperatorText.Texts.Read(Language.English, facts.Error.Message)).ShouldBe((code, message));
            facts.Completed.ShouldBeFalse();
        }

        var reader = DialectCodecs.For(dialect).OpenReader();
        var steps = new List<LlmStreamEvent>();
        reader.Read(bytes, steps);
        OperatorText.Texts.Read(Language.English, steps.OfType<StreamFailed>().Single().Error.Message).ShouldBe(message);
        var thrown = Should.Throw<UpstreamErrorException>(() => DialectCodecs.For(dialect).ReadResponse(bytes));
        OperatorText.Texts.Read(Language.English, thrown.Error.Message).ShouldBe(message);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":-5,"completion_tokens":1}""", true, null)]
    [InlineData("""{"prompt_tokens":1e18,"completion_tokens":1}""", true, null)]
    [InlineData("""{"prompt_tokens":"7","completion_tokens":1}""", true, null)]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":1.5}""", true, "7/0")]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":99}}""", true, "0/2")]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":99}}""", true, "7/2")]
    [InlineData("""{"prompt_tokens":7,"completion_tokens":2,"prompt_tokens_details":null}""", false, "7/2")]
    [InlineData("""{"prompt_tokens":null,"completion_tokens":null}""", false, null)]
    [InlineData("""[]""", false, null)]
    public void Absurd_usage_is_refused_and_marked(string usage, bool refused, string? counted)
    {
        var scanner = ResponseScanner.For(Dialect.OpenAiChat);
        scanner.ReadBody(Encoding.UTF8.GetBytes("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":" + usage + "}"));
        scanner.Facts.UsageRefused.ShouldBe(refused);
        (scanner.Facts.Usage is { } counts ? $"{counts.Input}/{counts.Output}" : null).ShouldBe(counted);
        scanner.Facts.Stop.ShouldBe(StopReason.End);
    }

    [Fact]
    public void Embeddings_are_metered_too()
    {
        var scanner = ResponseScanner.For(Dialect.OpenAiChat);
        scanner.ReadBody("""{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,-2e-3]}],"model":"e","usage":{"prompt_tokens":8,"total_tokens":8}}"""u8.ToArray());
        (scanner.Facts.Usage, scanner.Facts.Model, scanner.Facts.HasOutput, scanner.Facts.Completed).ShouldBe((new TokenUsage(8, 0), "e", true, true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>502 Bad Gateway</body></html>")]
    [InlineData("{\"choices\":[")]
    [InlineData("\"ok\"")]
    public void What_is_no_answer_at_all_is_refused(string body)
    {
        foreach (var codec in DialectCodecs.All)
        {
            Should.Throw<WireFormatException>(() => codec.ReadResponse(Encoding.UTF8.GetBytes(body)));
            if (body != "\"ok\"") Should.Throw<WireFormatException>(() => ResponseScanner.For(codec.Dialect).ReadBody(Encoding.UTF8.GetBytes(body)));
        }
    }

    [Fact]
    public void A_stream_that_was_cut_has_no_end_mark()
    {
        foreach (var sample in VendorStreams.All)
        {
            var half = sample.Stream[..(sample.Stream.Length / 2)];
            var cut = half[..(half.LastIndexOf('\n') + 1)];
            Codec.Read(cut, sample.Dialect).Completed.ShouldBeFalse(sample.Vendor);
            Scan(cut, sample.Dialect, false, out _).Facts.Completed.ShouldBeFalse(sample.Vendor);
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_chunk_does_not_end_the_answer()
    {
        var (steps, _) = Codec.Read("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\\ud83d\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\ude00\\\\ \\u0041 \\ud83d\\ude00\"}}]}\n\n", Dialect.OpenAiChat);
        string.Concat(steps.OfType<TextDelta>().Select(step => step.Text)).ShouldBe("a\uFFFD\uFFFD\\ A 😀");
    }

    private static ResponseScanner Scan(string stream, Dialect dialect, bool dropUsage, out string forwarded)
    {
        var scanner = ResponseScanner.For(dialect, dropUsage);
        var output = new MemoryStream();
        var buffer = new System.Buffers.ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(stream));
        if (dialect == Dialect.OllamaChat)
        {
            foreach (var line in Streams.Ndjson([Encoding.UTF8.GetBytes(stream)])) scanner.ReadEvent(Encoding.UTF8.GetBytes(line)).ShouldBeTrue();
            forwarded = stream;
            return scanner;
        }

        var parser = new Switchyard.Gateway.Wire.Sse.SseParser();
        while (parser.TryRead(ref buffer, out var block))
        {
            if (block.HasData && !scanner.ReadEvent(block.Data)) continue;
            foreach (var memory in block.Raw) output.Write(memory.Span);
        }

        forwarded = Encoding.UTF8.GetString(output.ToArray());
        return scanner;
    }
}
