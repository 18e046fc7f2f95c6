using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Switchyard.Gateway.Wire.Requests;

namespace Switchyard.Gateway.Tests.Wire;

public sealed class BodyPatchTests
{
    private const string Hello = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [Theory]
    [InlineData("{ \"model\" : \"a\" ,%}", "{ \"model\" : \"b\" ,%}")]
    [InlineData("{%,\"model\":\"a\"}", "{%,\"model\":\"b\"}")]
    [InlineData("{%,\"model\":\"a\",\"stream\":true}", "{\"stream_options\":{\"include_usage\":true},%,\"model\":\"b\",\"stream\":true}")]
    [InlineData("{%,\"model\":\"a\",\"stream\":true,\"stream_options\":null}", "{%,\"model\":\"b\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")]
    [InlineData("{%,\"model\":\"a\",\"stream\":true,\"stream_options\":{}}", "{%,\"model\":\"b\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")]
    [InlineData("{%,\"model\":\"a\",\"stream\":true,\"stream_options\":{ \"x\":1}}", "{%,\"model\":\"b\",\"stream\":true,\"stream_options\":{\"include_usage\":true, \"x\":1}}")]
    [InlineData("{%,\"model\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":false}}", "{%,\"model\":\"b\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")]
    [InlineData("{%,\"model\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":null,\"y\":2}}", "{%,\"model\":\"b\",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"y\":2}}")]
    [InlineData("{%,\"model\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}", "{%,\"model\":\"b\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")]
    public void Only_the_model_and_the_usage_switch_change(string body, string expected) =>
        Patch(body.Replace("%", Hello, StringComparison.Ordinal), new BodyChanges { Model = "b", IncludeUsage = true })
            .ShouldBe(expected.Replace("%", Hello, StringComparison.Ordinal));

    [Fact]
    public void Vendor_fields_are_replaced_where_they_stand_or_added_in_front()
    {
        var set = new Dictionary<string, JsonElement> { ["enable_thinking"] = JsonDocument.Parse("false").RootElement, ["seed"] = JsonDocument.Parse("3").RootElement };
        Patch("{\"model\":\"a\",\"seed\":1,\"x\":{\"seed\":1}," + Hello + "}", new BodyChanges { Set = set })
            .ShouldBe("{\"enable_thinking\":false,\"model\":\"a\",\"seed\":3,\"x\":{\"seed\":1}," + Hello + "}");
    }

    [Theory]
    [InlineData("max_completion_tokens", "{\"model\":\"a\", \"max_tokens\" : 9,%}", "{\"model\":\"a\", \"max_completion_tokens\" : 9,%}")]
    [InlineData("max_completion_tokens", "{\"model\":\"a\",\"max\\u005ftokens\":9,%}", "{\"model\":\"a\",\"max_completion_tokens\":9,%}")]
    [InlineData("max_tokens", "{\"max_completion_tokens\":9,\"model\":\"a\",%}", "{\"max_tokens\":9,\"model\":\"a\",%}")]
    [InlineData("max_completion_tokens", "{\"max_completion_tokens\":9,\"model\":\"a\",%}", "{\"max_completion_tokens\":9,\"model\":\"a\",%}")]
    [InlineData("max_completion_tokens", "{%,\"model\":\"a\"}", "{%,\"model\":\"a\"}")]
    [InlineData("max_completion_tokens", "{\"max_tokens\":null,%,\"model\":\"a\"}", "{\"max_tokens\":null,%,\"model\":\"a\"}")]
    [InlineData("max_completion_tokens", "{\"max_tokens\":5 , \"model\":\"a\",\"max_completion_tokens\":7,%}", "{ \"model\":\"a\",\"max_completion_tokens\":7,%}")]
    [InlineData("max_completion_tokens", "{\"model\":\"a\",\"max_completion_tokens\":7,% , \"max_tokens\":5 }", "{\"model\":\"a\",\"max_completion_tokens\":7,%  }")]
    [InlineData("max_tokens", "{\"model\":\"a\",\"max_tokens\":5,\"max_completion_tokens\":7,%}", "{\"model\":\"a\",\"max_tokens\":7,%}")]
    [InlineData("max_completion_tokens", "{\"model\":\"a\",\"max_completion_tokens\":null,\"max_tokens\":5,%}", "{\"model\":\"a\",\"max_completion_tokens\":5,%}")]
    public void The_cap_on_output_gets_the_name_that_the_vendor_takes(string field, string body, string expected) =>
        Patch(body.Replace("%", Hello, StringComparison.Ordinal), new BodyChanges { OutputCapField = field })
            .ShouldBe(expected.Replace("%", Hello, StringComparison.Ordinal));

    [Fact]
    public void Nothing_to_change_hands_the_very_same_bytes_on()
    {
        var body = Encoding.UTF8.GetBytes("{\"model\":\"a\"," + Hello + "}");
        var patched = BodyPatch.Apply(RequestEnvelope.Read(body, RequestShape.ChatCompletions), new BodyChanges { Model = "a", IncludeUsage = true });
        patched.Pieces.Count.ShouldBe(1);
        patched.Pieces[0].Equals(body.AsMemory()).ShouldBeTrue();
    }

    [Fact]
    public void P08_all_other_bytes_stay_as_they_were_sent()
    {
        var gen =
            from fields in Gen.Elements("\"x\": 1.0", "\"y\" :\"\\u4f60\\/好\"", "\"z\":[ 1 , {\"model\":\"no\"} ]", "\"stream_options\" : { \"q\":null }", "\"stream\": true", "\"temperature\":1e0").ListOf()
            from model in Gen.Elements("m", "a/b", "模型", "quote\"d", "tab\\t")
            from place in Gen.Choose(0, 6)
            select (fields: fields.Distinct().ToList(), model, place);
        Prop.ForAll(gen.ToArbitrary(), sample =>
        {
            var parts = sample.fields.ToList();
            parts.Insert(Math.Min(sample.place, parts.Count), "\"model\" : \"old\\u0041\"");
            parts.Add(Hello);
            var body = "{" + string.Join(" ,\n", parts) + "}";
            var patched = Patch(body, new BodyChanges { Model = sample.model, IncludeUsage = true });

            // The patch undone by text must give the old body back, and the new body must mean the change and nothing else.
            var node = JsonNode.Parse(patched)!;
            node["model"]!.GetValue<string>().ShouldBe(sample.model);
            var streams = sample.fields.Contains("\"stream\": true");
            (node["stream_options"]?["include_usage"]?.GetValue<bool>() ?? false).ShouldBe(streams);
            var undone = patched
                .Replace("\"stream_options\":{\"include_usage\":true},", "", StringComparison.Ordinal)
                .Replace("\"include_usage\":true,", "", StringComparison.Ordinal)
                .Replace("\"model\" : " + JsonSerializer.Serialize(sample.model), "\"model\" : \"old\\u0041\"", StringComparison.Ordinal);
            undone.ShouldBe(body);
        }).QuickCheckThrowOnFailure();
    }

    private static string Patch(string body, BodyChanges changes) =>
        Encoding.UTF8.GetString(BodyPatch.Apply(RequestEnvelope.Read(Encoding.UTF8.GetBytes(body), RequestShape.ChatCompletions), changes).ToArray());
}
