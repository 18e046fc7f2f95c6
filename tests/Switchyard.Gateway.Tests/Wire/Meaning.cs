using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Tests.Wire;

/// <summary>
/// What a request or an answer says, without how a dialect says it: neighbouring messages of one speaker are one turn,
/// neighbouring texts one text, tool call ids only tie results to calls, JSON is compared as values.
/// </summary>
internal static class Meaning
{
    public static Dictionary<string, string> Of(LlmRequest request)
    {
        var meaning = new Dictionary<string, string?>
        {
            ["system"] = Flat(request.Messages.Where(message => message.Role == LlmRole.System).SelectMany(message => message.Parts)),
            ["messages"] = Turns(request.Messages),
            ["tools"] = string.Join(";", request.Tools.Select(tool => $"{tool.Name}|{tool.Description}|{Json(tool.Schema)}")),
            ["tool_choice"] = request.ToolChoice is { Mode: not "auto" } choice ? $"{choice.Mode}:{choice.Name}" : null,
            ["parallel_tool_calls"] = request.ParallelToolCalls == false && request.ToolChoice?.Mode != "none" ? "serial" : null,
            ["max_tokens"] = Number(request.MaxOutputTokens),
            ["temperature"] = Number(request.Temperature),
            ["top_p"] = Number(request.TopP),
            ["top_k"] = Number(request.TopK),
            ["frequency_penalty"] = Number(request.FrequencyPenalty),
            ["presence_penalty"] = Number(request.PresencePenalty),
            ["seed"] = request.Seed?.ToString(CultureInfo.InvariantCulture),
            ["stop"] = string.Join("|", request.Stop),
            ["response_format"] = request.OutputFormat is { } format ? $"{format.Kind}:{Json(format.Schema)}" : null,
            ["stream"] = request.Stream.ToString(),
            ["user"] = request.User,
        };
        return meaning.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!);
    }

    public static Dictionary<string, string> Of(LlmResponse response) => new()
    {
        ["thinking"] = string.Concat(response.Parts.OfType<ThinkingPart>().Select(part => part.Text)),
        ["text"] = string.Concat(response.Parts.OfType<TextPart>().Select(part => part.Text)),
        ["calls"] = string.Join(";", response.Parts.OfType<ToolCallPart>().Select(call => $"{call.Name}({Json(call.Arguments)})")),
        ["stop"] = response.Stop.ToString(),
        ["input"] = $"{response.Usage?.Input + response.Usage?.CachedRead + response.Usage?.CacheWrite}",
        ["output"] = $"{response.Usage?.Output}",
    };

    private static string Turns(IReadOnlyList<LlmMessage> messages)
    {
        var calls = new Dictionary<string, int>();
        var turns = new List<(LlmRole Role, List<LlmPart> Parts)>();
        foreach (var message in messages.Where(message => message.Role != LlmRole.System))
        {
            if (turns.Count == 0 || turns[^1].Role != message.Role) turns.Add((message.Role, []));
            turns[^1].Parts.AddRange(message.Parts);
            foreach (var call in message.Parts.OfType<ToolCallPart>()) calls[call.Id] = calls.Count;
        }

        return string.Join("\n", turns.Select(turn => $"{turn.Role}: {Flat(turn.Parts)} "
            + string.Concat(turn.Parts.OfType<ImagePart>().Select(image => $"[image {image.Base64}{image.Url}]"))
            + string.Concat(turn.Parts.OfType<ToolCallPart>().Select(call => $"[call {calls[call.Id]} {call.Name} {Json(call.Arguments)}]"))
            + string.Concat(turn.Parts.OfType<ToolResultPart>().Select(result => $"[result {calls[result.CallId]} {Flat(result.Content)}]"))));
    }

    /// <summary>Texts without blank lines: one dialect joins pieces by them.</summary>
    private static string Flat(IEnumerable<LlmPart> parts) =>
        string.Concat(parts.OfType<TextPart>().Select(part => part.Text)).Replace("\n", "", StringComparison.Ordinal);

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string Json(JsonElement? element) => element is { } value ? Json(value.GetRawText()) : "";

    private static string Json(string json) => JsonNode.Parse(json)!.ToJsonString();
}
