using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Switchyard.TestKit.Providers.Dialects;

/// <summary>Ollama chat: newline-delimited JSON, tool arguments as objects, streaming unless told otherwise.</summary>
internal sealed class OllamaMock : MockDialect
{
    public override string Name => "ollama";

    public override string StreamType => "application/x-ndjson";

    public override MockRequest Read(JsonElement body, string? modelInPath)
    {
        var messages = Items(body, "messages").ToList();
        var lastUser = messages.FindLast(m => Member(m, "role")?.GetString() == "user");
        var result = messages.FindLast(m => Member(m, "role")?.GetString() == "tool");
        return new MockRequest(
            Member(body, "model")?.GetString() ?? "ok",
            Member(body, "stream")?.ValueKind != JsonValueKind.False,
            true,
            Member(lastUser, "content") is { } text ? ContentText(text) : "",
            Member(result, "content") is { } content ? ContentText(content) : null,
            [.. Items(body, "tools").Select(t => (Member(t, "function", "name")!.Value.GetString()!, Member(t, "function", "parameters") ?? default))],
            Member(body, "format"));
    }

    public override object Complete(MockAnswer answer, Script script) => Line(answer, answer.Text, answer.Thinking, answer.ToolCalls, script, true);

    public override IEnumerable<MockFrame> Stream(MockAnswer answer, MockRequest request, Script script)
    {
        if (answer.Thinking is not null) yield return new MockFrame(null, Text(Line(answer, "", answer.Thinking, [], script, false)));
        foreach (var piece in answer.Pieces) yield return new MockFrame(null, Text(Line(answer, piece, null, [], script, false)), IsPiece: true);
        if (answer.ToolCalls.Count > 0)
            yield return new MockFrame(null, Text(Line(answer, "", null, answer.ToolCalls, script, false)), IsPiece: true);
        if (!script.Has("no-done")) yield return new MockFrame(null, Text(Line(answer, "", null, [], script, true)), IsEnd: true);
    }

    public override object Error(int status, string message, string id) => new { error = message };

    public override MockFrame ErrorFrame(string message, string id) => new(null, Text(Error(500, message, id)));

    public override byte[] Frame(MockFrame frame, Script script) =>
        Encoding.UTF8.GetBytes(frame.Data + (script.Has("crlf") ? "\r\n" : "\n"));

    private static Dictionary<string, object?> Line(
        MockAnswer answer, string content, string? thinking, IReadOnlyList<MockToolCall> calls, Script script, bool done)
    {
        var message = new Dictionary<string, object?> { ["role"] = "assistant", ["content"] = content };
        if (thinking is not null) message["thinking"] = thinking;
        if (calls.Count > 0)
            message["tool_calls"] = calls.Select(c => new { function = new { name = c.Name, arguments = JsonDocument.Parse(c.Arguments).RootElement } });
        var line = new Dictionary<string, object?>
        {
            ["model"] = answer.Model,
            ["created_at"] = answer.Created.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
            ["message"] = message,
            ["done"] = done,
        };
        if (!done) return line;
        line["done_reason"] = answer.Stop == "length" ? "length" : "stop";
        line["total_duration"] = 1_234_567L;
        if (script.Has("no-usage")) return line;
        line["prompt_eval_count"] = script.Has("absurd-usage") ? -5 : answer.Usage.Input + answer.Usage.CachedRead;
        line["eval_count"] = script.Has("absurd-usage") ? 9_000_000_000_000_000_000L : answer.Usage.Output;
        return line;
    }
}
