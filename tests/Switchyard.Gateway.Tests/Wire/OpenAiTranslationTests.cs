using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>OpenAI clients on Anthropic and Ollama providers, by example.</summary>
public sealed class OpenAiTranslationTests
{
    [Fact]
    public void A_whole_conversation_with_tools_becomes_anthropics_turns()
    {
        var request = Codec.ReadRequest("""
            {"model":"x","messages":[
              {"role":"developer","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"Weather?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD","detail":"high"}},{"type":"image_url","image_url":{"url":"https://e.org/a.png"}}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"functions.w:0","type":"function","function":{"name":"w","arguments":"{\"city\":\"Paris\"}"}},{"id":"functions.w:1","type":"function","function":{"name":"w","arguments":""}}]},
              {"role":"tool","tool_call_id":"functions.w:0","content":"sunny"},
              {"role":"tool","tool_call_id":"functions.w:1","content":[{"type":"text","text":"rain"}]},
              {"role":"user","content":"And?"}],
             "tools":[{"type":"function","function":{"name":"w","description":"d","parameters":{"type":"object"}}}],
             "tool_choice":{"type":"function","function":{"name":"w"}},"parallel_tool_calls":false,"temperature":1.5,"stop":"END","user":"u",
             "seed":1,"logit_bias":{"1":2},"n":1,"service_tier":"auto","metadata":{"k":"v"}}
            """, Dialect.OpenAiChat);
        var (body, loss) = Codec.Write(request, Dialect.AnthropicMessages);
        body.ShouldBe("""
            {"model":"target-model","max_tokens":4096,"system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"Weather?"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}},{"type":"image","source":{"type":"url","url":"https://e.org/a.png"}}]},{"role":"assistant","content":[{"type":"tool_use","id":"functions_w_0","name":"w","input":{"city":"Paris"}},{"type":"tool_use","id":"functions_w_1","name":"w","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"functions_w_0","content":"sunny"},{"type":"tool_result","tool_use_id":"functions_w_1","content":"rain"},{"type":"text","text":"And?"}]}],"tools":[{"name":"w","description":"d","input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"w","disable_parallel_tool_use":true},"temperature":1,"stop_sequences":["END"],"metadata":{"user_id":"u"}}
            """.Trim());
        loss.ShouldBe(["image.detail", "temperature", "seed", "metadata", "logit_bias", "service_tier"], ignoreOrder: true);
    }

    [Fact]
    public void Ids_that_differ_only_in_forbidden_letters_stay_apart()
    {
        var request = Codec.ReadRequest("""
            {"model":"x","messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"a.1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"a:1","type":"function","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"a:1","content":"second"},{"role":"tool","tool_call_id":"a.1","content":"first"}]}
            """, Dialect.OpenAiChat);
        Codec.Write(request, Dialect.AnthropicMessages).Body.ShouldContain("""{"type":"tool_result","tool_use_id":"a_1_2","content":"second"},{"type":"tool_result","tool_use_id":"a_1","content":"first"}""");
    }

    [Fact]
    public void Broken_arguments_travel_as_text_and_are_named()
    {
        var request = Codec.ReadRequest("""{"model":"x","messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{broken"}}]}]}""", Dialect.OpenAiChat);
        var (body, loss) = Codec.Write(request, Dialect.AnthropicMessages);
        body.ShouldContain("""
            "input":{"arguments":"{broken"}
            """.Trim());
        loss.ShouldBe(["tool_call.arguments"]);
    }

    [Theory]
    [InlineData("claude-opus-4-5", true, "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8192}", 4096 + 8192)]
    [InlineData("claude-sonnet-5", true, "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"medium\"}", 4096)]
    [InlineData("glm-4.6", true, "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":8192}", 4096 + 8192)]
    public void An_effort_becomes_what_the_model_understands(string model, bool thinks, string expected, int maxTokens)
    {
        var request = Codec.ReadRequest("""{"model":"x","reasoning_effort":"medium","temperature":0.2,"messages":[{"role":"user","content":"q"}]}""", Dialect.OpenAiChat);
        var (body, loss) = Codec.Write(request, Dialect.AnthropicMessages, model);
        body.ShouldContain(expected);
        body.ShouldContain($"\"max_tokens\":{maxTokens}");
        body.Contains("temperature", StringComparison.Ordinal).ShouldBe(!thinks);
        loss.ShouldBe(["temperature"]);
    }

    [Theory]
    [InlineData("claude-opus-4-8", "", "temperature,top_p,top_k")]
    [InlineData("claude-sonnet-5", "", "temperature,top_p,top_k")]
    [InlineData("claude-opus-4-6", "\"temperature\":0.3,\"top_k\":7", "top_p")]
    [InlineData("claude-sonnet-4-5-20250929", "\"temperature\":0.3,\"top_k\":7", "top_p")]
    [InlineData("claude-3-5-haiku", "\"temperature\":0.3,\"top_p\":0.5,\"top_k\":7", "")]
    [InlineData("kimi-k2", "\"temperature\":0.3,\"top_p\":0.5,\"top_k\":7", "")]
    public void Sampling_is_sent_only_to_models_that_take_it(string model, string expected, string lost)
    {
        var request = Codec.ReadRequest("""{"model":"x","temperature":0.3,"top_p":0.5,"top_k":7,"messages":[{"role":"user","content":"q"}]}""", Dialect.OpenAiChat);
        var (body, loss) = Codec.Write(request, Dialect.AnthropicMessages, model);
        body.ShouldContain(expected);
        foreach (var name in loss) body.ShouldNotContain(name);
        string.Join(",", loss).ShouldBe(lost);
    }

    [Theory]
    [InlineData(2_000, "\"budget_tokens\":1024", "")]
    [InlineData(20_000, "\"budget_tokens\":10000", "")]
    [InlineData(900, "\"max_tokens\":900", "reasoning_effort")]
    public void A_thinking_budget_never_exceeds_the_clients_cap(int cap, string expected, string lost)
    {
        var request = Codec.ReadRequest($$"""{"model":"x","reasoning_effort":"high","max_completion_tokens":{{cap}},"messages":[{"role":"user","content":"q"}]}""", Dialect.OpenAiChat);
        var (body, loss) = Codec.Write(request, Dialect.AnthropicMessages, "claude-haiku-4-5");
        body.ShouldContain(expected);
        body.ShouldContain($"\"max_tokens\":{cap}");
        string.Join(",", loss).ShouldBe(lost);
    }

    [Fact]
    public void Thinking_is_left_off_where_the_history_cannot_prove_it()
    {
        var request = Codec.ReadRequest("""
            {"model":"x","reasoning_effort":"high","messages":[{"role":"user","content":"q"},{"role":"assistant","reasoning_content":"hm","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"r"}],
             "tools":[{"type":"function","function":{"name":"f"}}]}
            """, Dialect.OpenAiChat);
        var (body, loss) = Codec.Write(request, Dialect.AnthropicMessages);
        body.ShouldNotContain("\"thinking\"");
        loss.ShouldBe(["reasoning_effort", "messages.reasoning_content"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{},"additionalProperties":false}""", true, "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":", "")]
    [InlineData("""{"type":"object","properties":{}}""", true, "\"system\":\"Answer with one JSON value", "response_format")]
    [InlineData("""{"type":"object","properties":{},"additionalProperties":false}""", false, "\"system\":\"Answer with one JSON value", "response_format")]
    public void A_schema_goes_natively_where_it_can_be_enforced_and_in_words_otherwise(string schema, bool native, string expected, string lost)
    {
        var request = Codec.ReadRequest(
            """{"model":"x","messages":[{"role":"user","content":"q"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":%}}}"""
                .Replace("%", schema, StringComparison.Ordinal), Dialect.OpenAiChat);
        var (body, loss) = Codec.Write(request, Dialect.AnthropicMessages, options: new RequestOptions("m") { NativeSchema = native });
        body.ShouldContain(expected);
        string.Join(",", loss).ShouldBe(lost);
    }

    [Fact]
    public void Ollama_gets_objects_names_and_inline_images()
    {
        var request = Codec.ReadRequest("""
            {"model":"x","messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,QUJD"}},{"type":"image_url","image_url":{"url":"https://e.org/a.png"}}]},
              {"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"w","arguments":"{\"city\":\"Paris\"}"}}]},{"role":"tool","tool_call_id":"c1","content":"sunny"}],
             "tools":[{"type":"function","function":{"name":"w"}}],"tool_choice":"required","max_tokens":9,"response_format":{"type":"json_object"},"reasoning_effort":"low"}
            """, Dialect.OpenAiChat);
        var (body, loss) = Codec.Write(request, Dialect.OllamaChat, "llama3.2");
        body.ShouldBe("""
            {"model":"llama3.2","messages":[{"role":"user","content":"a","images":["QUJD"]},{"role":"assistant","content":"","tool_calls":[{"id":"c1","function":{"name":"w","arguments":{"city":"Paris"}}}]},{"role":"tool","content":"sunny","tool_name":"w","tool_call_id":"c1"}],"stream":false,"tools":[{"type":"function","function":{"name":"w","description":"","parameters":{"type":"object","properties":{}}}}],"format":"json","think":true,"options":{"num_predict":9}}
            """.Trim());
        loss.ShouldBe(["image.url", "tool_choice"], ignoreOrder: true);
    }

    [Fact]
    public void A_vendors_fields_are_set_on_what_was_written()
    {
        var set = new Dictionary<string, System.Text.Json.JsonElement> { ["enable_thinking"] = System.Text.Json.JsonDocument.Parse("false").RootElement };
        var request = Codec.ReadRequest("""{"model":"x","messages":[{"role":"user","content":"q"}]}""", Dialect.OpenAiChat);
        Codec.Write(request, Dialect.OpenAiChat, options: new RequestOptions("qwen3") { Set = set }).Body
            .ShouldBe("""{"enable_thinking":false,"model":"qwen3","messages":[{"role":"user","content":"q"}]}""");
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"king","content":"x"}]}""", "value_not_allowed", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"content":"x"}]}""", "field_required", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "field_required", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":7}]}""", "invalid_type", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"text":"x"}]}]}""", "field_required", "messages[0].content[0].type")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","content":"x"}]}""", "field_required", "messages[0].tool_call_id")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a","content":"b"}]}""", "duplicate_field", "content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\udc00"}]}""", "invalid_encoding", null)]
    [InlineData("""{"model":"m","messages":[],"temperature":"hot"}""", "invalid_type", "temperature")]
    [InlineData("""{"model":"m","messages":[],"temperature":1e999}""", "invalid_type", "temperature")]
    [InlineData("""{"model":"m","messages":[],"tools":[{"type":"function"}]}""", "field_required", "tools[0].function")]
    [InlineData("""{"model":"m","messages":[],"tool_choice":"perhaps"}""", "value_not_allowed", "tool_choice")]
    public void A_bad_request_is_refused_by_code_and_path(string body, string code, string? field)
    {
        var refused = Should.Throw<WireFormatException>(() => Codec.ReadRequest(body, Dialect.OpenAiChat));
        (refused.Code, refused.Field).ShouldBe((code, field));
    }
}
