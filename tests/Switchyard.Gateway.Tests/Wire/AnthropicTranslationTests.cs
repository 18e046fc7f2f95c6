using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Anthropic clients on OpenAI-compatible providers, by example.</summary>
public sealed class AnthropicTranslationTests
{
    [Fact]
    public void A_whole_conversation_with_tools_becomes_openai_messages()
    {
        var request = Codec.ReadRequest("""
            {"model":"x","max_tokens":50,"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],"messages":[
              {"role":"user","content":"Weather?"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"Looking."},{"type":"tool_use","id":"t1","name":"w","input":{"city":"Paris"}},{"type":"tool_use","id":"t2","name":"w","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"sunny"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}}]},{"type":"tool_result","tool_use_id":"t2","content":"none","is_error":true},{"type":"text","text":"And?"}]}],
             "tools":[{"name":"w","description":"d","input_schema":{"type":"object"}},{"type":"web_search_20250305","name":"web_search"}],
             "tool_choice":{"type":"any","disable_parallel_tool_use":true},"stop_sequences":["A","B","C","D","E"],"top_k":5,
             "thinking":{"type":"enabled","budget_tokens":2048},"metadata":{"user_id":"u"},"stream":true}
            """, Dialect.AnthropicMessages);
        var (body, loss) = Codec.Write(request, Dialect.OpenAiChat, "gpt-5.1");
        body.ShouldBe("""
            {"model":"gpt-5.1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"},{"role":"assistant","content":"Looking.","tool_calls":[{"id":"t1","type":"function","function":{"name":"w","arguments":"{\"city\":\"Paris\"}"}},{"id":"t2","type":"function","function":{"name":"w","arguments":"{}"}}]},{"role":"tool","tool_call_id":"t1","content":"sunny"},{"role":"tool","tool_call_id":"t2","content":"none"},{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]},{"role":"user","content":"And?"}],"stream":true,"stream_options":{"include_usage":true},"tools":[{"type":"function","function":{"name":"w","description":"d","parameters":{"type":"object"}}}],"parallel_tool_calls":false,"tool_choice":"required","max_completion_tokens":50,"stop":["A","B","C","D"],"reasoning_effort":"low","user":"u"}
            """.Trim());
        loss.ShouldBe(["cache_control", "messages.thinking", "tool_result.is_error", "tools.web_search", "top_k", "stop_sequences[4..]", "thinking.budget_tokens"], ignoreOrder: true);
    }

    [Fact]
    public void Older_models_keep_max_tokens_and_hear_nothing_of_thinking()
    {
        var request = Codec.ReadRequest("""{"model":"x","max_tokens":50,"thinking":{"type":"enabled","budget_tokens":2048},"messages":[{"role":"user","content":"q"}]}""", Dialect.AnthropicMessages);
        var (body, loss) = Codec.Write(request, Dialect.OpenAiChat, "gpt-4o");
        body.ShouldBe("""{"model":"gpt-4o","messages":[{"role":"user","content":"q"}],"max_tokens":50}""");
        loss.ShouldBe(["thinking"]);
    }

    [Fact]
    public void Documents_travel_as_files()
    {
        var request = Codec.ReadRequest("""
            {"model":"x","max_tokens":5,"messages":[{"role":"user","content":[{"type":"document","title":"a.pdf","source":{"type":"base64","media_type":"application/pdf","data":"QUJD"}},{"type":"document","source":{"type":"text","media_type":"text/plain","data":"plain"}},{"type":"document","source":{"type":"url","url":"https://e.org/a.pdf"}},{"type":"search_result","content":[]}]}]}
            """, Dialect.AnthropicMessages);
        var (body, loss) = Codec.Write(request, Dialect.OpenAiChat);
        body.ShouldContain("""{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,QUJD"}},{"type":"text","text":"plain"}]""");
        loss.ShouldBe(["document.url", "content.search_result"]);
    }

    [Fact]
    public void An_openai_answer_becomes_a_message()
    {
        var answer = Codec.ReadResponse("""
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},"logprobs":null,"finish_reason":"tool_calls"}],
             "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":60},"completion_tokens_details":{"reasoning_tokens":5}}}
            """, Dialect.OpenAiChat);
        answer.Usage.ShouldBe(new TokenUsage(40, 20, 60, 0, 5));
        Codec.Write(answer, Dialect.AnthropicMessages).Body.ShouldBe("""
            {"id":"chatcmpl-1","type":"message","role":"assistant","model":"gpt","content":[{"type":"tool_use","id":"c","name":"f","input":{"a":1}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":40,"cache_creation_input_tokens":0,"cache_read_input_tokens":60,"output_tokens":20,"output_tokens_details":{"thinking_tokens":5}}}
            """.Trim());
    }

    [Fact]
    public void A_stream_has_the_order_of_events_that_official_clients_count_on()
    {
        var stream = Codec.Stream([new StreamStarted("i", "m"), new ThinkingDelta(0, "hm"), new TextDelta(1, "a"), new TextDelta(1, "b"), new ToolCallStarted(2, "t", "f"), new ToolCallDelta(2, "{}"), new StreamStopped(StopReason.ToolUse), new UsageReported(new TokenUsage(3, 4))], Dialect.AnthropicMessages);
        var names = Streams.Sse([System.Text.Encoding.UTF8.GetBytes(stream)]).Events.Select(item => item.Name);
        string.Join(" ", names).ShouldBe(
            "message_start content_block_start content_block_delta content_block_stop content_block_start content_block_delta content_block_delta content_block_stop "
            + "content_block_start content_block_delta content_block_stop message_delta message_stop");
        stream.ShouldContain("""{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":4}}""");
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[]}""", "field_required", "max_tokens")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"tool","content":"x"}]}""", "value_not_allowed", "messages[0].role")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"image"}]}]}""", "field_required", "messages[0].content[0].source")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"b","input":"c"}]}]}""", "invalid_type", "messages[0].content[0].input")]
    [InlineData("""{"model":"m","max_tokens":-1,"messages":[]}""", "value_out_of_range", "max_tokens")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[],"thinking":{}}""", "field_required", "thinking.type")]
    public void A_bad_request_is_refused_by_code_and_path(string body, string code, string field)
    {
        var refused = Should.Throw<WireFormatException>(() => Codec.ReadRequest(body, Dialect.AnthropicMessages));
        (refused.Code, refused.Field).ShouldBe((code, field));
    }
}
