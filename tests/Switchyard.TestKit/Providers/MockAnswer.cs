using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.TestKit.Providers;

/// <summary>One tool call of an answer.</summary>
/// <param name="Arguments">JSON object text.</param>
public sealed record MockToolCall(string Id, string Name, string Arguments);

/// <summary>What the mock provider answers, before it is written in a dialect.</summary>
/// <param name="Stop"><c>stop</c>, <c>tool</c>, <c>length</c> or <c>filter</c>.</param>
public sealed record MockAnswer(
    string Id,
    string Model,
    DateTimeOffset Created,
    string? Thinking,
    IReadOnlyList<string> Pieces,
    IReadOnlyList<MockToolCall> ToolCalls,
    string Stop,
    MockUsage Usage,
    bool Extra)
{
    /// <summary>How answers are written: characters beyond ASCII stay themselves, as vendors send them.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole text.</summary>
    public string Text => string.Concat(Pieces);

    /// <summary>Follows <paramref name="script"/> for <paramref name="request"/>.</summary>
    public static MockAnswer Compose(Script script, MockRequest request, string id, DateTimeOffset now)
    {
        MockToolCall[] calls = ToolCallsOf(script, request);
        var pieces = calls.Length > 0 ? [] : PiecesOf(script, request);
        var usage = script.Usage ?? new MockUsage(12, -1);
        if (usage.Output < 0) usage = usage with { Output = pieces.Length + (calls.Length * 5) + usage.Reasoning };
        return new MockAnswer(
            id,
            request.Model,
            now,
            usage.Reasoning > 0 ? "Let me think about that." : null,
            pieces,
            calls,
            calls.Length > 0 ? "tool" : script.Has("length") ? "length" : script.Has("filter") ? "filter" : "stop",
            usage,
            script.Has("extra"));
    }

    private static string[] PiecesOf(Script script, MockRequest request)
    {
        if (script.Pieces is { } count) return [.. Enumerable.Range(1, count).Select(i => i == 1 ? "word1" : $" word{i}")];
        if (script.Has("echo")) return SplitWords(request.LastUserText);
        if (script.Has("unicode") || script.Has("split-utf8")) return ["你好", "，世界", " — naïve ", "🚂🛤️", " Привет", "!"];
        if (script.Has("huge-line")) return ["Hello", new string('x', 10 << 20), "."];
        if (script.Has("json")) return SplitWords(InstanceOf(request.Schema)?.ToJsonString(Json) ?? """{"answer": 42, "sure": true}""");
        if (request.ToolResult is { } result) return ["The", " tool", " said", ": ", result];
        return ["Hello", " from", " the", " mock", " provider", "."];
    }

    private static MockToolCall[] ToolCallsOf(Script script, MockRequest request)
    {
        var wanted = script.Has("parallel-tools") ? 2 : script.Has("tools") ? 1 : 0;
        if (wanted == 0 || request.Tools.Count == 0 || request.ToolResult is not null) return [];
        return
        [
            .. Enumerable.Range(0, wanted).Select(i =>
            {
                var (name, schema) = request.Tools[i % request.Tools.Count];
                return new MockToolCall($"call_mock_{i + 1}", name, InstanceOf(schema)?.ToJsonString(Json) ?? "{}");
            }),
        ];
    }

    private static string[] SplitWords(string text)
    {
        var words = text.Split(' ');
        return [.. words.Select((word, i) => i == 0 ? word : " " + word)];
    }

    /// <summary>A smallest value that a simple JSON schema accepts.</summary>
    private static JsonNode? InstanceOf(JsonElement? schema)
    {
        if (schema is not { ValueKind: JsonValueKind.Object } rules) return null;
        if (rules.TryGetProperty("enum", out var choices)) return JsonNode.Parse(choices[0].GetRawText());
        var type = rules.TryGetProperty("type", out var t) ? t.ValueKind == JsonValueKind.Array ? t[0].GetString() : t.GetString() : "object";
        switch (type)
        {
            case "string": return "mock";
            case "integer" or "number": return 1;
            case "boolean": return true;
            case "array": return new JsonArray(rules.TryGetProperty("items", out var items) ? InstanceOf(items) : "mock");
            case "null": return null;
        }

        var result = new JsonObject();
        if (rules.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject()) result[property.Name] = InstanceOf(property.Value);
        return result;
    }
}
