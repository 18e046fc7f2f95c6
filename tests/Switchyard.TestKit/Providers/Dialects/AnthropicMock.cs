using System.Text.Json;

namespace Switchyard.TestKit.Providers.Dialects;

/// <summary>Anthropic Messages.</summary>
internal sealed class AnthropicMock : MockDialect
{
    public override string Name => "anthropic";

    public override MockRequest Read(JsonElement body, string? modelInPath)
    {
        var users = Items(body, "messages").Where(m => Member(m, "role")?.GetString() == "user").ToList();
        var results = users.Count == 0 ? [] : PartsOf(users[^1], "tool_result").ToList();
        return new MockRequest(
            Member(body, "model")?.GetString() ?? "ok",
            Flag(body, "stream"),
            true,
            users.Count == 0 ? "" : ContentText(users[^1].GetProperty("content")),
            results.Count == 0 ? null : Member(results[^1], "content") is { } content ? ContentText(content) : "",
            [.. Items(body, "tools").Select(t => (t.GetProperty("name").GetString()!, Member(t, "input_schema") ?? default))],
            Member(body, "output_format", "schema") ?? Member(body, "output_config", "format", "schema"));
    }

    public override object Complete(MockAnswer answer, Script script)
    {
        var content = new List<object>();
        if (answer.Thinking is not null) content.Add(new { type = "thinking", thinking = answer.Thinking, signature = "bW9jaw==" });
        if (answer.ToolCalls.Count == 0) content.Add(new { type = "text", text = answer.Text });
        foreach (var call in answer.ToolCalls)
            content.Add(new { type = "tool_use", id = call.Id, name = call.Name, input = JsonDocument.Parse(call.Arguments).RootElement });
        var body = Message(answer, content);
        body["stop_reason"] = StopReason(answer.Stop);
        if (!script.Has("no-usage")) body["usage"] = Usage(answer, answer.Usage.Output, script);
        if (answer.Extra) body["x_vendor"] = new { shard = 7, note = "kept as it is: 1.0" };
        return body;
    }

    public override IEnumerable<MockFrame> Stream(MockAnswer answer, MockRequest request, Script script)
    {
        var start = Message(answer, []);
        start["usage"] = Usage(answer, 1, script);
        if (answer.Extra) start["x_vendor"] = new { shard = 7, note = "kept as it is: 1.0" };
        yield return Event("message_start", new { type = "message_start", message = start });
        yield return Event("ping", new { type = "ping" });
        var index = 0;
        if (answer.Thinking is not null)
        {
            yield return BlockStart(index, new { type = "thinking", thinking = "", signature = "" });
            yield return Delta(index, new { type = "thinking_delta", thinking = answer.Thinking });
            yield return Delta(index, new { type = "signature_delta", signature = "bW9jaw==" });
            yield return BlockStop(index++);
        }

        if (answer.ToolCalls.Count == 0)
        {
            yield return BlockStart(index, new { type = "text", text = "" });
            foreach (var piece in answer.Pieces) yield return Delta(index, new { type = "text_delta", text = piece }, isPiece: true);
            yield return BlockStop(index++);
        }

        foreach (var call in answer.ToolCalls)
        {
            yield return BlockStart(index, new { type = "tool_use", id = call.Id, name = call.Name, input = new { } });
            foreach (var part in call.Arguments.Chunk(7))
                yield return Delta(index, new { type = "input_json_delta", partial_json = new string(part) }, isPiece: true);
            yield return BlockStop(index++);
        }

        yield return Event("message_delta", new
        {
            type = "message_delta",
            delta = new { stop_reason = StopReason(answer.Stop), stop_sequence = (string?)null },
            usage = script.Has("no-usage") ? null : Usage(answer, answer.Usage.Output, script),
        });
        if (!script.Has("no-done")) yield return new MockFrame("message_stop", Text(new { type = "message_stop" }), IsEnd: true);
    }

    public override object Error(int status, string message, string id) =>
        new { type = "error", error = new { type = ErrorType(status), message }, request_id = id };

    public override MockFrame ErrorFrame(string message, string id) => Event("error", Error(529, message, id));

    private static MockFrame Event(string name, object data, bool isPiece = false) => new(name, Text(data), isPiece);

    private static MockFrame BlockStart(int index, object block) =>
        Event("content_block_start", new { type = "content_block_start", index, content_block = block });

    private static MockFrame Delta(int index, object delta, bool isPiece = false) =>
        Event("content_block_delta", new { type = "content_block_delta", index, delta }, isPiece);

    private static MockFrame BlockStop(int index) => Event("content_block_stop", new { type = "content_block_stop", index });

    private static Dictionary<string, object?> Message(MockAnswer answer, IReadOnlyList<object> content) => new()
    {
        ["id"] = "msg_" + answer.Id,
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = answer.Model,
        ["content"] = content,
        ["stop_reason"] = null,
        ["stop_sequence"] = null,
    };

    private static object Usage(MockAnswer answer, long output, Script script) =>
        script.Has("absurd-usage")
            ? new { input_tokens = -5L, cache_creation_input_tokens = 0L, cache_read_input_tokens = 0L, output_tokens = 9_000_000_000_000_000_000L }
            : new
            {
                input_tokens = answer.Usage.Input,
                cache_creation_input_tokens = answer.Usage.CacheWrite,
                cache_read_input_tokens = answer.Usage.CachedRead,
                output_tokens = output,
            };

    private static string StopReason(string stop) =>
        stop switch { "tool" => "tool_use", "length" => "max_tokens", "filter" => "refusal", _ => "end_turn" };

    private static IEnumerable<JsonElement> PartsOf(JsonElement message, string type) =>
        message.GetProperty("content") is { ValueKind: JsonValueKind.Array } parts
            ? parts.EnumerateArray().Where(p => Member(p, "type")?.GetString() == type)
            : [];
}
