using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Reads an Ollama chat request. Tool calls have no ids there: they are numbered, and results are matched by tool name.</summary>
internal static class OllamaRequestReader
{
    private static readonly HashSet<string> Known = ["model", "messages", "tools", "format", "options", "stream", "think"];

    private static readonly HashSet<string> KnownOptions =
        ["temperature", "top_p", "top_k", "num_predict", "stop", "seed", "frequency_penalty", "presence_penalty"];

    public static LlmRequest Read(JsonElement element)
    {
        var root = new WireNode(element, "").Object();
        var options = root["options"];
        var predict = options?["num_predict"]?.Whole();
        return new LlmRequest
        {
            Source = Dialect.OllamaChat,
            Model = root.Required("model").Text(),
            Messages = new OllamaMessages().Read(root.Required("messages")),
            Tools = root["tools"] is { } tools ? [.. tools.Items().Select(ReadTool)] : [],
            MaxOutputTokens = predict > 0 ? (int)Math.Min(predict.Value, int.MaxValue) : null, // -1 and -2 mean without end.
            Temperature = options?["temperature"]?.Number(),
            TopP = options?["top_p"]?.Number(),
            TopK = options?["top_k"]?.Count(),
            FrequencyPenalty = options?["frequency_penalty"]?.Number(),
            PresencePenalty = options?["presence_penalty"]?.Number(),
            Seed = options?["seed"]?.Whole(),
            Stop = options?["stop"] is { } stop ? stop.IsText ? [stop.Text()] : [.. stop.Items().Select(item => item.Text())] : [],
            OutputFormat = root["format"] is { } format ? ReadFormat(format) : null,
            Reasoning = root["think"] is { } think ? ReadThink(think) : null,
            Stream = root["stream"]?.Flag() ?? true,
            Extras = element.EnumerateObject()
                .Where(field => !Known.Contains(field.Name) && field.Value.ValueKind != JsonValueKind.Null)
                .Concat(options is { Element: var given } ? given.EnumerateObject().Where(field => !KnownOptions.Contains(field.Name)) : [])
                .DistinctBy(field => field.Name)
                .ToDictionary(field => field.Name, field => field.Value.Clone()),
        };
    }

    private static LlmTool ReadTool(WireNode tool)
    {
        var function = tool.Required("function");
        return new LlmTool(function.Required("name").Text(), function["description"]?.Text(), function["parameters"]?.Object().Keep());
    }

    private static LlmOutputFormat ReadFormat(WireNode format)
    {
        if (!format.IsText) return new LlmOutputFormat("json_schema", Schema: format.Object().Keep());
        return format.Text() switch
        {
            "json" => new LlmOutputFormat("json_object"),
            "" => new LlmOutputFormat("text"),
            _ => throw format.NotAllowed("json"),
        };
    }

    private static LlmReasoning ReadThink(WireNode think) =>
        think.IsText ? new LlmReasoning(think.Text()) : think.Flag() ? new LlmReasoning("medium") : new LlmReasoning("none");
}
