using System.Text.Json.Nodes;

namespace Switchyard.Gateway.Providers.Simulation;

/// <summary>One scripted answer, whole or in pieces.</summary>
internal sealed class SimulatorAnswer(string model, SimulatorScript script, JsonObject request, DateTimeOffset at)
{
    private const string Notice = "[Simulator] This is not a real model.";

    private static readonly string[] Vocabulary =
        ["switch", "yard", "signal", "track", "train", "freight", "junction", "schedule", "platform", "engine", "car", "coupling"];

    public SimulatorScript Script => script;

    /// <summary>True when the client asked for the usage chunk at the end of the stream.</summary>
    public bool ReportsUsage => request["stream_options"] is JsonObject options && options["include_usage"] is JsonValue asked && asked.TryGetValue<bool>(out var yes) && yes;

    /// <summary>The answer's pieces, each with the space that follows it.</summary>
    public IReadOnlyList<string> Pieces { get; } = [.. Text(script, request).Split(' ').Select(word => word + " ")];

    /// <summary>About four characters a token, as for English text.</summary>
    public static int Count(string text) => Math.Max(1, (text.Length + 3) / 4);

    /// <summary>Everything at once.</summary>
    public JsonObject Whole() => Envelope("chat.completion", new JsonObject
    {
        ["index"] = 0,
        ["message"] = Message(),
        ["finish_reason"] = Stop,
    }, Usage());

    /// <summary>The chunk that opens a stream.</summary>
    public JsonObject Opening() => Chunk(Tool is null
        ? new JsonObject { ["role"] = "assistant", ["content"] = "" }
        : Message());

    /// <summary>The chunk of one piece.</summary>
    public JsonObject Piece(string text) => Chunk(new JsonObject { ["content"] = text });

    /// <summary>The chunk that says why the answer ended.</summary>
    public JsonObject Closing() => Chunk([], Stop);

    /// <summary>The last chunk: usage without choices.</summary>
    public JsonObject UsageChunk() => Envelope("chat.completion.chunk", null, Usage());

    /// <summary>The tool that the script calls; null when it calls none.</summary>
    public string? Tool => script.CallsTool && request["tools"] is JsonArray { Count: > 0 } tools
        ? tools[0]?["function"]?["name"]?.ToString()
        : null;

    private string Stop => Tool is null ? "stop" : "tool_calls";

    private JsonObject Message() => Tool is { } tool
        ? new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = null,
            ["tool_calls"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["id"] = "call_simulated",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = "{}" },
            }),
        }
        : new JsonObject { ["role"] = "assistant", ["content"] = string.Concat(Pieces).TrimEnd() };

    private JsonObject Chunk(JsonObject delta, string? stop = null) =>
        Envelope("chat.completion.chunk", new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = stop }, null);

    private JsonObject Envelope(string type, JsonObject? choice, JsonObject? usage)
    {
        var envelope = new JsonObject
        {
            ["id"] = $"simulated-{at.ToUnixTimeMilliseconds()}",
            ["object"] = type,
            ["created"] = at.ToUnixTimeSeconds(),
            ["model"] = model,
            ["system_fingerprint"] = "simulator",
            ["choices"] = choice is null ? new JsonArray() : new JsonArray(choice),
        };
        if (usage is not null) envelope["usage"] = usage;
        return envelope;
    }

    private JsonObject Usage()
    {
        var (input, output) = (Count(request["messages"]?.ToJsonString() ?? ""), Tool is null ? Pieces.Sum(Count) : 8);
        return new JsonObject { ["prompt_tokens"] = input, ["completion_tokens"] = output, ["total_tokens"] = input + output };
    }

    private static string Text(SimulatorScript script, JsonObject request)
    {
        var body = script.Words is { } words
            ? string.Join(' ', Enumerable.Range(0, words).Select(i => Vocabulary[i * 7 % Vocabulary.Length]))
            : $"You said: {LastText(request)}";
        return $"{Notice} {body}";
    }

    private static string LastText(JsonObject request) => (request["messages"] as JsonArray)?.LastOrDefault()?["content"] switch
    {
        JsonValue text => text.ToString(),
        JsonArray parts => string.Join(' ', parts.Select(part => part?["text"]?.ToString()).OfType<string>()),
        _ => "",
    };
}
