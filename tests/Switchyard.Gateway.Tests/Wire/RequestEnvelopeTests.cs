using System.Text;
using Switchyard.Gateway.Wire;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Tests.Wire;

public sealed class RequestEnvelopeTests
{
    private const string Hello = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [Fact]
    public void Everything_the_gateway_needs_is_read_in_one_pass()
    {
        var envelope = Read("""
            {"model":"fast","messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://x"}}]}],
             "stream":true,"stream_options":{"include_usage":true},"max_tokens":5,"max_completion_tokens":7,"n":2,"user":"u-1","metadata":{"a":"b"},
             "tools":[{"type":"function","function":{"name":"f","parameters":{}}}],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}}
            """);
        envelope.Model.ShouldBe("fast");
        envelope.Stream.ShouldBeTrue();
        envelope.IncludeUsage.ShouldBeTrue();
        envelope.MaxOutputTokens.ShouldBe(7);
        envelope.Choices.ShouldBe(2);
        envelope.User.ShouldBe("u-1");
        envelope.HasTools.ShouldBeTrue();
        envelope.HasImages.ShouldBeTrue();
        envelope.WantsJsonSchema.ShouldBeTrue();
        Text(envelope.Metadata.Of(envelope.Body)).ShouldBe("{\"a\":\"b\"}");
        envelope.Fields.Count.ShouldBe(11);
    }

    [Fact]
    public void Anthropic_bodies_name_their_user_in_metadata_and_their_schema_in_output_config()
    {
        var envelope = RequestEnvelope.Read(Bytes("""
            {"model":"claude","max_tokens":9,"metadata":{"user_id":"u-2"},"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{}}]}]}],
             "output_config":{"format":{"type":"json_schema","schema":{}}},"tools":[]}
            """), RequestShape.Messages);
        envelope.User.ShouldBe("u-2");
        envelope.WantsJsonSchema.ShouldBeTrue();
        envelope.HasImages.ShouldBeTrue();
        envelope.HasTools.ShouldBeFalse();
        envelope.MaxOutputTokens.ShouldBe(9);
    }

    [Fact]
    public void A_word_that_looks_like_an_image_inside_text_or_arguments_is_none()
    {
        Read("""{"model":"m","messages":[{"role":"user","content":"\"type\":\"image_url\""},{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"image","arguments":"{\"type\":\"image\"}"}}]}]}""")
            .HasImages.ShouldBeFalse();
    }

    [Fact]
    public void Embeddings_need_an_input_instead_of_messages()
    {
        var envelope = RequestEnvelope.Read(Bytes("""{"input":["a","b"],"model":"e"}"""), RequestShape.Embeddings);
        Text(envelope.Content.Of(envelope.Body)).ShouldBe("""["a","b"]""");
        Refused("""{"model":"e"}""", RequestShape.Embeddings).ShouldBe(("field_required", "input"));
    }

    [Fact]
    public void An_escaped_name_is_the_same_name()
    {
        Read("{\"mod\\u0065l\":\"m\"," + Hello + "}").Model.ShouldBe("m");
        Refused("{\"mod\\u0065l\":\"m\",\"model\":\"n\"," + Hello + "}").ShouldBe(("duplicate_field", "model"));
    }

    [Theory]
    [InlineData("", "invalid_json", null)]
    [InlineData("   ", "invalid_json", null)]
    [InlineData("[]", "json_object_expected", null)]
    [InlineData("null", "json_object_expected", null)]
    [InlineData("\"model\"", "json_object_expected", null)]
    [InlineData("{", "invalid_json", null)]
    [InlineData("{}", "field_required", "model")]
    [InlineData("{\"model\":\"m\"}", "field_required", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "field_required", "messages[0]")]
    [InlineData("{\"model\":\"m\",\"messages\":{}}", "invalid_type", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[1]}", "invalid_type", "messages[]")]
    [InlineData("{\"model\":\"m\",\"messages\":[[]]}", "invalid_type", "messages[]")]
    [InlineData("{\"model\":7,%}", "invalid_type", "model")]
    [InlineData("{\"model\":null,%}", "invalid_type", "model")]
    [InlineData("{\"model\":\" \",%}", "field_required", "model")]
    [InlineData("{\"model\":\"m\",\"model\":\"n\",%}", "duplicate_field", "model")]
    [InlineData("{\"model\":\"m\",%,\"x\":1,\"x\":1}", "duplicate_field", "x")]
    [InlineData("{\"model\":\"m\",%,\"stream\":\"yes\"}", "invalid_type", "stream")]
    [InlineData("{\"model\":\"m\",%,\"max_tokens\":\"1\"}", "invalid_type", "max_tokens")]
    [InlineData("{\"model\":\"m\",%,\"max_tokens\":-1}", "value_out_of_range", "max_tokens")]
    [InlineData("{\"model\":\"m\",%,\"max_tokens\":1.5}", "value_out_of_range", "max_tokens")]
    [InlineData("{\"model\":\"m\",%,\"max_tokens\":1e999}", "value_out_of_range", "max_tokens")]
    [InlineData("{\"model\":\"m\",%,\"max_tokens\":99999999999999999999999999}", "value_out_of_range", "max_tokens")]
    [InlineData("{\"model\":\"m\",%,\"stream_options\":7}", "invalid_type", "stream_options")]
    [InlineData("{\"model\":\"m\",%,\"stream_options\":{\"include_usage\":1}}", "invalid_type", "stream_options.include_usage")]
    [InlineData("{\"model\":\"m\",%,\"stream_options\":{\"include_usage\":true,\"include_usage\":true}}", "duplicate_field", "stream_options.include_usage")]
    [InlineData("{\"model\":\"m\",%,\"user\":{}}", "invalid_type", "user")]
    [InlineData("{\"model\":\"m\",%,\"metadata\":[]}", "invalid_type", "metadata")]
    [InlineData("{\"model\":\"m\",%,\"tools\":{}}", "invalid_type", "tools")]
    [InlineData("{\"model\":\"m\",%} {}", "invalid_json", null)]
    [InlineData("{\"model\":\"m\",%,}", "invalid_json", null)]
    [InlineData("{\"model\":\"m\",/* */%}", "invalid_json", null)]
    [InlineData("{\"model\":NaN,%}", "invalid_json", null)]
    [InlineData("{\"model\":\"\\ud800\",%}", "invalid_encoding", null)]
    [InlineData("{\"\\ud800\":1,\"model\":\"m\",%}", "invalid_encoding", null)]
    public void A_bad_body_is_refused_by_code_and_field(string body, string code, string? field) =>
        Refused(body.Replace("%", Hello, StringComparison.Ordinal)).ShouldBe((code, field));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Should.Throw<WireFormatException>(() => RequestEnvelope.Read(new byte[] { (byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"' }, RequestShape.ChatCompletions))
            .Code.ShouldBe("invalid_encoding");

    [Fact]
    public void Nesting_is_accepted_up_to_the_limit_and_refused_beyond()
    {
        string Nested(int depth) => "{\"model\":\"m\"," + Hello + ",\"x\":" + new string('[', depth) + new string(']', depth) + "}";
        Read(Nested(63)).Model.ShouldBe("m");
        Refused(Nested(64)).Code.ShouldBe("json_too_deep");
        Refused(Nested(100_000)).Code.ShouldBe("json_too_deep");
    }

    [Fact]
    public void Many_fields_cost_linear_time_and_still_refuse_a_duplicate()
    {
        var many = string.Join(",", Enumerable.Range(0, 100_000).Select(i => $"\"f{i}\":{i}"));
        Read("{\"model\":\"m\"," + Hello + "," + many + "}").Fields.Count.ShouldBe(100_002);
        Refused("{\"model\":\"m\"," + Hello + "," + many + ",\"f77\":0}").ShouldBe(("duplicate_field", "f77"));
    }

    private static (string Code, string? Field) Refused(string body, RequestShape shape = RequestShape.ChatCompletions)
    {
        var refused = Should.Throw<WireFormatException>(() => RequestEnvelope.Read(Bytes(body), shape));
        refused.Message.ShouldNotBeNullOrWhiteSpace();
        return (refused.Code, refused.Field);
    }

    private static RequestEnvelope Read(string body) => RequestEnvelope.Read(Bytes(body), RequestShape.ChatCompletions);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
