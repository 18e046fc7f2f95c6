using System.Text.Json;

namespace Switchyard.TestKit.Providers.Dialects;

/// <summary>OpenAI chat completions.</summary>
internal sealed class OpenAiMock : MockDialect
{
    public override string Name => "openai";

    public override MockRequest Read(JsonElement body, string? modelInPath)
    {
        var messages = Items(body, "messages").ToList();
        var lastUser = messages.FindLastIndex(m => Member(m, "role")?.GetString() == "user");
        var result = messages.FindLast(m => Member(m, "role")?.GetString() == "tool");
        return new MockRequest(
            Member(body, "model")?.GetString() ?? modelInPath ?? "ok",
            Flag(body, "stream"),
            Flag(body, "stream_options", "include_usage"),
            lastUser < 0 ? "" : ContentText(messages[lastUser].GetProperty("content")),
            Member(result, "content") is { } content ? ContentText(content) : null,
            [.. Items(body, "tools").Select(t => (Member(t, "function", "name")!.Value.GetString()!, Member(t, "function", "parameters") ?? default))],
            Member(body, "response_format", "json_schema", "schema"));
    }

    public override object Complete(MockAnswer answer, Script script)
    {
        var message = new Dictionary<string, object?>
        {
            ["role"] = "assistant",
            ["content"] = answer.ToolCalls.Count > 0 ? null : answer.Text,
            ["refusal"] = null,
        };
        if (answer.Thinking is not null) message["reasoning_content"] = answer.Thinking;
        if (answer.ToolCalls.Count > 0)
        {
            message["tool_calls"] = answer.ToolCalls
                .Select(c => new { id = c.Id, type = "function", function = new { name = c.Name, arguments = c.Arguments } });
        }

        var body = new Dictionary<string, object?>
        {
            ["id"] = "chatcmpl-" + answer.Id,
            ["object"] = "chat.completion",
            ["created"] = answer.Created.ToUnixTimeSeconds(),
            ["model"] = answer.Model,
            ["choices"] = new[] { new { index = 0, message, logprobs = (object?)null, finish_reason = script.Finish ?? Finish(answer.Stop) } },
            ["system_fingerprint"] = "fp_mock",
        };
        if (!script.Has("no-usage")) body["usage"] = Usage(answer, script);
        if (answer.Extra) body["x_vendor"] = new { shard = 7, note = "kept as it is: 1.0" };
        return body;
    }

    public override IEnumerable<MockFrame> Stream(MockAnswer answer, MockRequest request, Script script)
    {
        yield return Chunk(new { role = "assistant", content = "" });
        if (answer.Thinking is not null) yield return Chunk(new { reasoning_content = answer.Thinking });
        foreach (var piece in answer.Pieces) yield return Chunk(new { content = piece }, isPiece: true);
        for (var i = 0; i < answer.ToolCalls.Count; i++)
        {
            var call = answer.ToolCalls[i];
            yield return Chunk(new { tool_calls = new[] { new { index = i, id = call.Id, type = "function", function = new { name = call.Name, arguments = "" } } } });
            foreach (var part in call.Arguments.Chunk(7))
                yield return Chunk(new { tool_calls = new[] { new { index = i, function = new { arguments = new string(part) } } } }, isPiece: true);
        }

        yield return Chunk(new { }, script.Finish ?? Finish(answer.Stop));
        if (request.IncludeUsage && !script.Has("no-usage"))
            yield return new MockFrame(null, Text(Envelope([], Usage(answer, script))));
        if (!script.Has("no-done")) yield return new MockFrame(null, "[DONE]", IsEnd: true);

        MockFrame Chunk(object delta, string? finish = null, bool isPiece = false) =>
            new(null, Text(Envelope([new { index = 0, delta, logprobs = (object?)null, finish_reason = finish }], null)), isPiece);

        Dictionary<string, object?> Envelope(object[] choices, object? usage)
        {
            var body = new Dictionary<string, object?>
            {
                ["id"] = "chatcmpl-" + answer.Id,
                ["object"] = "chat.completion.chunk",
                ["created"] = answer.Created.ToUnixTimeSeconds(),
                ["model"] = answer.Model,
                ["system_fingerprint"] = "fp_mock",
                ["choices"] = choices,
            };
            if (request.IncludeUsage) body["usage"] = usage;
            if (answer.Extra) body["x_vendor"] = new { shard = 7, note = "kept as it is: 1.0" };
            return body;
        }
    }

    public override object Error(int status, string message, string id) =>
        new { error = new { message, type = ErrorType(status), param = (string?)null, code = status == 401 ? "invalid_api_key" : null } };

    public override MockFrame ErrorFrame(string message, string id) => new(null, Text(Error(500, message, id)));

    private static object Usage(MockAnswer answer, Script script)
    {
        if (script.Has("absurd-usage"))
            return new { prompt_tokens = -5L, completion_tokens = 9_000_000_000_000_000_000L, total_tokens = 1.5e300 };
        var usage = answer.Usage;
        var prompt = usage.Input + usage.CachedRead + usage.CacheWrite;
        return new
        {
            prompt_tokens = prompt,
            completion_tokens = usage.Output,
            total_tokens = prompt + usage.Output,
            prompt_tokens_details = new { cached_tokens = usage.CachedRead, audio_tokens = 0 },
            completion_tokens_details = new { reasoning_tokens = usage.Reasoning, audio_tokens = 0 },
        };
    }

    private static string Finish(string stop) => stop switch { "tool" => "tool_calls", "filter" => "content_filter", _ => stop };
}
