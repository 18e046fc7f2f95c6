using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Reads a Messages request.</summary>
internal static class AnthropicRequestReader
{
    private static readonly HashSet<string> Known =
    [
        "model", "messages", "max_tokens", "system", "tools", "tool_choice", "temperature", "top_p", "top_k", "stop_sequences", "stream",
        "thinking", "metadata", "output_config", "output_format",
    ];

    public static LlmRequest Read(JsonElement element)
    {
        var root = new WireNode(element, "").Object();
        var choice = root["tool_choice"];
        var output = root["output_config"];
        var messages = new List<LlmMessage>();
        if (root["system"] is { } system) messages.Add(new LlmMessage(LlmRole.System, AnthropicBlocks.Read(system)));
        foreach (var message in root.Required("messages").Items()) ReadMessage(message, messages);
        return new LlmRequest
        {
            Source = Dialect.AnthropicMessages,
            Model = root.Required("model").Text(),
            Messages = messages,
            MaxOutputTokens = root.Required("max_tokens").Count(),
            Tools = root["tools"] is { } tools ? [.. tools.Items().Select(ReadTool)] : [],
            ToolChoice = choice is { } given ? ReadToolChoice(given) : null,
            ParallelToolCalls = choice?["disable_parallel_tool_use"] is { } serial ? !serial.Flag() : null,
            Temperature = root["temperature"]?.Number(),
            TopP = root["top_p"]?.Number(),
            TopK = root["top_k"]?.Count(),
            Stop = root["stop_sequences"] is { } stop ? [.. stop.Items().Select(item => item.Text())] : [],
            OutputFormat = (output?["format"] ?? root["output_format"]) is { } format ? ReadFormat(format) : null,
            Reasoning = ReadReasoning(root["thinking"], output?["effort"]),
            Stream = root["stream"]?.Flag() ?? false,
            User = root["metadata"]?["user_id"]?.Text(),
            Metadata = root["metadata"]?.Object().Keep(),
            Extras = element.EnumerateObject()
                .Where(field => !Known.Contains(field.Name) && field.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(field => field.Name, field => field.Value.Clone()),
        };
    }

    /// <summary>A user message may hold tool results and words: they become messages of their own, in order.</summary>
    private static void ReadMessage(WireNode message, List<LlmMessage> messages)
    {
        var role = message.Required("role");
        var parts = AnthropicBlocks.Read(message.Required("content"));
        switch (role.Text())
        {
            case "assistant":
                messages.Add(new LlmMessage(LlmRole.Assistant, parts));
                return;
            case "system":
                messages.Add(new LlmMessage(LlmRole.System, parts));
                return;
            case "user":
                break;
            default:
                throw role.NotAllowed("user", "assistant");
        }

        var words = new List<LlmPart>();
        foreach (var part in parts)
        {
            if (part is not ToolResultPart)
            {
                words.Add(part);
                continue;
            }

            if (words.Count > 0) messages.Add(new LlmMessage(LlmRole.User, [.. words]));
            words.Clear();
            messages.Add(new LlmMessage(LlmRole.Tool, [part]));
        }

        if (words.Count > 0 || parts.Count == 0) messages.Add(new LlmMessage(LlmRole.User, words));
    }

    private static LlmTool ReadTool(WireNode tool)
    {
        var type = tool["type"]?.Text() ?? "custom";
        var name = tool["name"]?.Text() ?? type;
        if (type != "custom") return new LlmTool(name, null, null) { Foreign = tool.Keep() };
        return new LlmTool(tool.Required("name").Text(), tool["description"]?.Text(), tool["input_schema"]?.Object().Keep(), tool["strict"]?.Flag())
        {
            CacheControl = tool["cache_control"]?.Keep(),
        };
    }

    private static LlmToolChoice ReadToolChoice(WireNode choice)
    {
        var type = choice.Required("type");
        return type.Text() switch
        {
            "auto" => new LlmToolChoice("auto"),
            "none" => new LlmToolChoice("none"),
            "any" => new LlmToolChoice("required"),
            "tool" => new LlmToolChoice("tool", choice.Required("name").Text()),
            _ => throw type.NotAllowed("auto", "any", "tool", "none"),
        };
    }

    private static LlmOutputFormat ReadFormat(WireNode format)
    {
        var type = format.Required("type");
        return type.Text() == "json_schema"
            ? new LlmOutputFormat("json_schema", Schema: format.Required("schema").Object().Keep(), Strict: true)
            : throw type.NotAllowed("json_schema");
    }

    private static LlmReasoning? ReadReasoning(WireNode? thinking, WireNode? effort)
    {
        if (thinking is null && effort is null) return null;
        return new LlmReasoning(effort?.Text(), thinking?["budget_tokens"]?.Count(), thinking?.Required("type").Text());
    }
}
