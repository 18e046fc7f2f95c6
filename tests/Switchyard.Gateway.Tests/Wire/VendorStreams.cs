using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>Streams in the shapes that vendors really send, written down from their documentation and observed habits.</summary>
internal static class VendorStreams
{
    public sealed record Sample(string Vendor, Dialect Dialect, string Stream, string Text, string Thinking, string Calls, StopReason Stop, TokenUsage? Usage, string Model);

    public static IReadOnlyList<Sample> All { get; } =
    [
        new("openai", Dialect.OpenAiChat, """
            data: {"id":"chatcmpl-A1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"x1"}

            data: {"id":"chatcmpl-A1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"chatcmpl-A1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}

            data: {"id":"chatcmpl-A1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini-2024-07-18","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":2,"total_tokens":13,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}}

            data: [DONE]


            """, "Hi", "", "", StopReason.End, new TokenUsage(7, 2, 4), "gpt-4o-mini-2024-07-18"),
        new("openai parallel tools", Dialect.OpenAiChat, """
            data: {"id":"chatcmpl-B","model":"gpt-4o","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"w","arguments":""}}]},"finish_reason":null}]}

            data: {"id":"chatcmpl-B","model":"gpt-4o","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"c\":"}}]},"finish_reason":null}]}

            data: {"id":"chatcmpl-B","model":"gpt-4o","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]},"finish_reason":null}]}

            data: {"id":"chatcmpl-B","model":"gpt-4o","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"v","arguments":"{}"}}]},"finish_reason":null}]}

            data: {"id":"chatcmpl-B","model":"gpt-4o","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

            data: [DONE]


            """, "", "", "call_a w({\"c\":1});call_b v({})", StopReason.ToolUse, null, "gpt-4o"),
        new("azure, with its filter chunk first", Dialect.OpenAiChat, """
            data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}

            data: {"choices":[{"content_filter_results":{},"delta":{"content":"","refusal":null,"role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}],"created":1,"id":"chatcmpl-Az","model":"gpt-4.1","object":"chat.completion.chunk"}

            data: {"choices":[{"content_filter_results":{"hate":{"filtered":false}},"delta":{"content":"Az"},"finish_reason":null,"index":0,"logprobs":null}],"created":1,"id":"chatcmpl-Az","model":"gpt-4.1","object":"chat.completion.chunk"}

            data: {"choices":[{"content_filter_results":{},"delta":{},"finish_reason":"content_filter","index":0,"logprobs":null}],"created":1,"id":"chatcmpl-Az","model":"gpt-4.1","object":"chat.completion.chunk"}

            data: [DONE]


            """, "Az", "", "", StopReason.Filtered, null, "gpt-4.1"),
        new("deepseek reasoner", Dialect.OpenAiChat, """
            : keep-alive

            data: {"id":"d","object":"chat.completion.chunk","created":1,"model":"deepseek-reasoner","choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":"Th"},"logprobs":null,"finish_reason":null}]}

            data: {"id":"d","object":"chat.completion.chunk","created":1,"model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"ink"},"logprobs":null,"finish_reason":null}]}

            data: {"id":"d","object":"chat.completion.chunk","created":1,"model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":"So","reasoning_content":null},"logprobs":null,"finish_reason":null}]}

            data: {"id":"d","object":"chat.completion.chunk","created":1,"model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":"","reasoning_content":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":6},"prompt_cache_hit_tokens":8,"prompt_cache_miss_tokens":12}}

            data: [DONE]


            """, "So", "Think", "", StopReason.End, new TokenUsage(12, 9, 8, 0, 6), "deepseek-reasoner"),
        new("zhipu", Dialect.OpenAiChat, """
            data: {"id":"2024","created":1,"model":"glm-4.5","choices":[{"index":0,"delta":{"role":"assistant","content":"智"}}]}

            data: {"id":"2024","created":1,"model":"glm-4.5","choices":[{"index":0,"finish_reason":"sensitive","delta":{"role":"assistant","content":""}}],"usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}

            data: [DONE]


            """, "智", "", "", StopReason.Filtered, new TokenUsage(5, 1), "glm-4.5"),
        new("dashscope", Dialect.OpenAiChat, """
            data: {"choices":[{"finish_reason":null,"logprobs":null,"delta":{"content":null,"reasoning_content":"嗯","role":"assistant"},"index":0}],"object":"chat.completion.chunk","usage":null,"created":1,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-q"}

            data: {"choices":[{"delta":{"content":"好","reasoning_content":null},"finish_reason":null,"index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1,"system_fingerprint":null,"model":"qwen3-max","id":"chatcmpl-q"}

            data: {"choices":[{"delta":{"content":"","reasoning_content":null},"finish_reason":"stop","index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1,"model":"qwen3-max","id":"chatcmpl-q"}

            data: {"choices":[],"object":"chat.completion.chunk","usage":{"prompt_tokens":3,"completion_tokens":7,"total_tokens":10,"completion_tokens_details":{"reasoning_tokens":4}},"created":1,"model":"qwen3-max","id":"chatcmpl-q"}

            data: [DONE]


            """, "好", "嗯", "", StopReason.End, new TokenUsage(3, 7, 0, 0, 4), "qwen3-max"),
        new("hunyuan, tool call without type", Dialect.OpenAiChat, """
            data: {"id":"h","object":"chat.completion.chunk","created":1,"model":"hunyuan-turbos","note":"以上内容为AI生成","choices":[{"index":0,"delta":{"role":"assistant","content":"","tool_calls":[{"id":"call_h","function":{"name":"f","arguments":"{\"a\":"},"index":0}]},"finish_reason":""}],"usage":{"prompt_tokens":2,"completion_tokens":1,"total_tokens":3}}

            data: {"id":"h","object":"chat.completion.chunk","created":1,"model":"hunyuan-turbos","choices":[{"index":0,"delta":{"tool_calls":[{"id":"call_h","function":{"name":"","arguments":"2}"},"index":0}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":2,"completion_tokens":5,"total_tokens":7}}

            data: [DONE]


            """, "", "", "call_h f({\"a\":2})", StopReason.ToolUse, new TokenUsage(2, 5), "hunyuan-turbos"),
        new("gemini's compatible endpoint, no index, finish stop", Dialect.OpenAiChat, """
            data: {"choices":[{"delta":{"role":"assistant","tool_calls":[{"function":{"arguments":"{\"a\":1}","name":"f"},"id":"g1","type":"function"}]},"finish_reason":null,"index":0}],"created":1,"id":"G","model":"gemini-2.5-flash","object":"chat.completion.chunk"}

            data: {"choices":[{"delta":{"role":"assistant","tool_calls":[{"function":{"arguments":"{\"b\":2}","name":"g"},"id":"g2","type":"function"}]},"finish_reason":"stop","index":0}],"created":1,"id":"G","model":"gemini-2.5-flash","object":"chat.completion.chunk","usage":{"completion_tokens":8,"prompt_tokens":9,"total_tokens":17}}

            data: [DONE]


            """, "", "", "g1 f({\"a\":1});g2 g({\"b\":2})", StopReason.ToolUse, new TokenUsage(9, 8), "gemini-2.5-flash"),
        new("xai, reasoning beside the completion", Dialect.OpenAiChat,
            "data: {\"id\":\"x\",\"model\":\"grok-4\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"X\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1,\"total_tokens\":111,\"completion_tokens_details\":{\"reasoning_tokens\":100}}}\r\n\r\ndata: [DONE]\r\n\r\n",
            "X", "", "", StopReason.End, new TokenUsage(10, 101, 0, 0, 100), "grok-4"),
        new("anthropic", Dialect.AnthropicMessages, """
            event: message_start
            data: {"type":"message_start","message":{"model":"claude-sonnet-4-5-20250929","id":"msg_01","type":"message","role":"assistant","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":100,"cache_read_input_tokens":2000,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":0},"output_tokens":1,"service_tier":"standard"}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: ping
            data: {"type": "ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"srv","name":"web_search","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"query\":1}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Okay"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: content_block_start
            data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"a\": 1}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":3}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":12,"cache_creation_input_tokens":100,"cache_read_input_tokens":2000,"output_tokens":89}}

            event: message_stop
            data: {"type":"message_stop"}


            """, "Okay", "Let me", "toolu_1 f({\"a\": 1})", StopReason.ToolUse, new TokenUsage(12, 89, 2000, 100), "claude-sonnet-4-5-20250929"),
        new("anthropic, older: the end reports output only, cumulatively", Dialect.AnthropicMessages, """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_02","type":"message","role":"assistant","model":"claude-3-haiku","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"output_tokens":4}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hi"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"output_tokens":2}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"input_tokens":0,"output_tokens":15}}

            event: message_stop
            data: {"type":"message_stop"}


            """, "Hi", "", "", StopReason.Length, new TokenUsage(25, 15), "claude-3-haiku"),
        new("ollama", Dialect.OllamaChat, """
            {"model":"qwen3","created_at":"2026-08-21T10:11:12.123456789Z","message":{"role":"assistant","content":"","thinking":"Hm"},"done":false}
            {"model":"qwen3","created_at":"2026-08-21T10:11:12.2Z","message":{"role":"assistant","content":"O"},"done":false}
            {"model":"qwen3","created_at":"2026-08-21T10:11:12.3Z","message":{"role":"assistant","content":"k"},"done":false}
            {"model":"qwen3","created_at":"2026-08-21T10:11:13.5Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"index":0,"name":"f","arguments":{"a":1}}},{"function":{"name":"g","arguments":{}}}]},"done":false}
            {"model":"qwen3","created_at":"2026-08-21T10:11:14Z","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"total_duration":1,"load_duration":1,"prompt_eval_count":26,"prompt_eval_duration":1,"eval_count":9,"eval_duration":1}

            """, "Ok", "Hm", "call_202608211011135_0 f({\"a\":1});call_202608211011135_1 g({})", StopReason.ToolUse, new TokenUsage(26, 9), "qwen3"),
    ];
}
