using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Reads a chat completions request.</summary>
internal static class OpenAiRequestReader
{
    private static readonly HashSet<string> Known =
    [
        "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "max_tokens", "max_completion_tokens", "temperature", "top_p",
        "top_k", "frequency_penalty", "presence_penalty", "seed", "stop", "response_format", "reasoning_effort", "stream", "stream_options",
        "user", "metadata",
    ];

    public static LlmRequest Read(JsonElement element)
    {
        var root = new WireNode(element, "").Object();
        var choice = root["tool_choice"];
        var (toolChoice, foreignChoice) = choice is { } given ? ReadToolChoice(given) : (null, false);
        return new LlmRequest
        {
            Source = Dialect.OpenAiChat,
            Model = root.Required("model").Text(),
            Messages = [.. root.Required("messages").Items().Select(OpenAiMessages.Read)],
            Tools = root["tools"] is { } tools ? [.. tools.Items().Select(ReadTool)] : [],
            ToolChoice = toolChoice,
            ParallelToolCalls = root["parallel_tool_calls"]?.Flag(),
            MaxOutputTokens = (root["max_completion_tokens"] ?? root["max_tokens"])?.Count(),
            Temperature = root["temperature"]?.Number(),
            TopP = root["top_p"]?.Number(),
            TopK = root["top_k"]?.Count(),
            FrequencyPenalty = root["frequency_penalty"]?.Number(),
            PresencePenalty = root["presence_penalty"]?.Number(),
            Seed = root["seed"]?.Whole(),
            Stop = root["stop"] is { } stop ? stop.IsText ? [stop.Text()] : [.. stop.Items().Select(item => item.Text())] : [],
            OutputFormat = root["response_format"] is { } format ? ReadFormat(format) : null,
            Reasoning = root["reasoning_effort"] is { } effort ? new LlmReasoning(effort.Text()) : null,
            Stream = root["stream"]?.Flag() ?? false,
            User = root["user"]?.Text(),
            Metadata = root["metadata"]?.Object().Keep(),
            Extras = element.EnumerateObject()
                .Where(field => (!Known.Contains(field.Name) || (foreignChoice && field.Name == "tool_choice")) && Matters(field))
                .ToDictionary(field => field.Name, field => field.Value.Clone()),
        };
    }

    /// <summary>Fields set to what is the default anyway are no loss.</summary>
    private static bool Matters(JsonProperty field) => field.Name switch
    {
        _ when field.Value.ValueKind is JsonValueKind.Null => false,
        "n" => !(field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt32(out var n) && n == 1),
        "logprobs" or "store" => field.Value.ValueKind != JsonValueKind.False,
        _ => true,
    };

    private static LlmTool ReadTool(WireNode tool)
    {
        var type = tool["type"]?.Text() ?? "function";
        if (type != "function") return new LlmTool(tool["name"]?.Text() ?? type, null, null) { Foreign = tool.Keep() };
        var function = tool.Required("function");
        return new LlmTool(function.Required("name").Text(), function["description"]?.Text(), function["parameters"]?.Object().Keep(), function["strict"]?.Flag());
    }

    private static (LlmToolChoice? Choice, bool Foreign) ReadToolChoice(WireNode choice)
    {
        if (!choice.IsText)
        {
            return choice.Required("type").Text() == "function"
                ? (new LlmToolChoice("tool", choice.Required("function").Required("name").Text()), false)
                : (null, true);
        }

        var mode = choice.Text();
        return mode is "auto" or "none" or "required" ? (new LlmToolChoice(mode), false) : throw choice.NotAllowed("auto", "none", "required");
    }

    private static LlmOutputFormat ReadFormat(WireNode format)
    {
        var kind = format.Required("type").Text();
        if (kind is "text" or "json_object") return new LlmOutputFormat(kind);
        if (kind != "json_schema") throw format.Required("type").NotAllowed("text", "json_object", "json_schema");
        var schema = format.Required("json_schema");
        return new LlmOutputFormat(
            kind, schema["name"]?.Text(), schema["schema"]?.Object().Keep(), schema["strict"]?.Flag(), schema["description"]?.Text());
    }
}
