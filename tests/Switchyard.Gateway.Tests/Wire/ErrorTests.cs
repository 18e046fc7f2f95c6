using System.Buffers;
using System.Text;
using System.Text.Json;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Errors;

namespace Switchyard.Gateway.Tests.Wire;

public sealed class ErrorTests
{
    [Fact]
    public void Each_dialect_gets_its_own_error_body()
    {
        var error = new WireError(429, "budget_exceeded", "Too much 钱.", "model", "req-1") { Extensions = new Dictionary<string, object?> { ["attempts"] = new[] { new { Provider = "p", Status = 500 } } } };
        Body(Dialect.OpenAiChat, error).ShouldBe("""{"error":{"type":"rate_limit_error","message":"Too much 钱.","param":"model","code":"budget_exceeded","request_id":"req-1","attempts":[{"provider":"p","status":500}]}}""");
        Body(Dialect.AnthropicMessages, error).ShouldBe("""{"type":"error","error":{"type":"rate_limit_error","message":"Too much 钱.","param":"model","code":"budget_exceeded","attempts":[{"provider":"p","status":500}]},"request_id":"req-1"}""");
        Body(Dialect.OllamaChat, error).ShouldBe("""{"error":"Too much 钱."}""");
    }

    [Theory]
    [InlineData(400, "invalid_request_error", "invalid_request_error")]
    [InlineData(401, "authentication_error", "authentication_error")]
    [InlineData(403, "permission_error", "permission_error")]
    [InlineData(404, "invalid_request_error", "not_found_error")]
    [InlineData(413, "invalid_request_error", "request_too_large")]
    [InlineData(429, "rate_limit_error", "rate_limit_error")]
    [InlineData(500, "server_error", "api_error")]
    [InlineData(504, "timeout_error", "timeout_error")]
    [InlineData(529, "server_error", "overloaded_error")]
    public void The_status_chooses_the_type(int status, string openAi, string anthropic)
    {
        ErrorTypes.For(Dialect.OpenAiChat, status).ShouldBe(openAi);
        ErrorTypes.For(Dialect.AnthropicMessages, status).ShouldBe(anthropic);
    }

    [Fact]
    public void A_broken_stream_ends_with_the_dialects_error_event()
    {
        string Event(Dialect dialect)
        {
            var output = new ArrayBufferWriter<byte>();
            ErrorWriter.WriteStreamEvent(dialect, new WireError(502, "upstream_cut", "line\nbreak"), output);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }

        Event(Dialect.OpenAiChat).ShouldBe("data: {\"error\":{\"type\":\"server_error\",\"message\":\"line\\nbreak\",\"param\":null,\"code\":\"upstream_cut\"}}\n\n");
        Event(Dialect.AnthropicMessages).ShouldBe("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"line\\nbreak\",\"code\":\"upstream_cut\"},\"request_id\":null}\n\n");
        Event(Dialect.OllamaChat).ShouldBe("{\"error\":\"line\\nbreak\"}\n");
    }

    [Theory]
    [InlineData("""{"error":{"message":"The model does not exist","type":"invalid_request_error","param":"model","code":"model_not_found"}}""", "invalid_request_error|model_not_found|The model does not exist|model")]
    [InlineData("""{"error":{"message":"Slow down","type":"requests","code":429}}""", "requests|429|Slow down|")]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}""", "overloaded_error||Overloaded|")]
    [InlineData("""{"error":{"code":"1211","message":"模型不存在"}}""", "|1211|模型不存在|")]
    [InlineData("""{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"r"}""", "|InvalidApiKey|Invalid API-key provided.|")]
    [InlineData("""{"error_code":17,"error_msg":"Open api daily request limit reached"}""", "|17|Open api daily request limit reached|")]
    [InlineData("""[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT"}}]""", "INVALID_ARGUMENT|400|API key not valid|")]
    [InlineData("""{"error":"model 'x' not found"}""", "||model 'x' not found|")]
    [InlineData("""{"detail":"Not Found"}""", "||Not Found|")]
    [InlineData("""{"object":"error","message":"too long","type":"BadRequestError","param":null,"code":400}""", "BadRequestError|400|too long|")]
    [InlineData("upstream connect error", "||upstream connect error|")]
    [InlineData("<html><h1>502</h1></html>", "||The provider answered with a web page instead of JSON.|")]
    [InlineData("", "||The provider gave no reason.|")]
    [InlineData("{}", "||{}|")]
    public void Every_vendors_error_is_read(string body, string expected)
    {
        var error = UpstreamErrorReader.Read(Encoding.UTF8.GetBytes(body));
        $"{error.Type}|{error.Code}|{error.Message}|{error.Param}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("Incorrect API key provided: sk-proj-abcdef123456. You can find", "sk-proj-abcdef123456")]
    [InlineData("bad header Authorization: Bearer abc.def.ghi", "abc.def.ghi")]
    [InlineData("x-api-key=verysecretvalue rejected", "verysecretvalue")]
    [InlineData("key AIzaSyA1234567890abc not valid", "AIzaSyA1234567890abc")]
    [InlineData("token eyJhbGciOiJI.eyJzdWIiOiIx.SflKxw expired", "eyJhbGciOiJI")]
    [InlineData("the key plain-configured-key is wrong", "plain-configured-key")]
    public void Keys_never_stay_in_a_text(string text, string secret)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { error = new { message = text, code = text, type = text, param = text } });
        UpstreamErrorReader.Read(body, "plain-configured-key").ToString().ShouldNotContain(secret);
    }

    [Fact]
    public void Texts_become_one_short_line()
    {
        ErrorText.Clean("a\r\nb\u001b[31mc\u2028d").ShouldBe("a  b [31mc d");
        var clean = ErrorText.Clean(string.Concat(Enumerable.Repeat("😀", 5_000)));
        clean.Length.ShouldBeLessThanOrEqualTo(1_000);
        clean[..^1].ShouldAllBe(letter => char.IsSurrogate(letter));
        char.IsLowSurrogate(clean[^2]).ShouldBeTrue();
    }

    private static string Body(Dialect dialect, WireError error)
    {
        var output = new ArrayBufferWriter<byte>();
        ErrorWriter.WriteBody(dialect, error, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
