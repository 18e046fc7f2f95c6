using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Reads the messages of a chat completions request.</summary>
internal static class OpenAiMessages
{
    public static LlmMessage Read(WireNode message)
    {
        var role = message.Required("role");
        var parts = new List<LlmPart>();
        switch (role.Text())
        {
            case "system" or "developer":
                ReadContent(message["content"], parts);
                return new LlmMessage(LlmRole.System, parts, message["name"]?.Text());
            case "user":
                ReadContent(message.Required("content"), parts);
                return new LlmMessage(LlmRole.User, parts, message["name"]?.Text());
            case "assistant":
                ReadAssistant(message, parts);
                return new LlmMessage(LlmRole.Assistant, parts, message["name"]?.Text());
            case "tool":
                ReadContent(message["content"], parts);
                return new LlmMessage(LlmRole.Tool, [new ToolResultPart(message.Required("tool_call_id").Text(), parts)]);
            default:
                throw role.NotAllowed("system", "developer", "user", "assistant", "tool");
        }
    }

    private static void ReadAssistant(WireNode message, List<LlmPart> parts)
    {
        if ((message["reasoning_content"] ?? message["reasoning"]) is { IsText: true } reasoning && reasoning.Text().Length > 0)
            parts.Add(new ThinkingPart(reasoning.Text()));
        ReadContent(message["content"], parts);
        if (message["refusal"] is { } refusal) parts.Add(new RefusalPart(refusal.Text()));
        if (message["audio"] is { } audio) parts.Add(new ForeignPart(Dialect.OpenAiChat, "audio", audio.Keep()));
        if (message["function_call"] is { } old) parts.Add(new ForeignPart(Dialect.OpenAiChat, "function_call", old.Keep()));
        if (message["tool_calls"] is not { } calls) return;
        foreach (var call in calls.Items())
        {
            if ((call["type"]?.Text() ?? "function") != "function")
            {
                parts.Add(new ForeignPart(Dialect.OpenAiChat, "tool_call", call.Keep()));
                continue;
            }

            var function = call.Required("function");
            parts.Add(new ToolCallPart(call.Required("id").Text(), function.Required("name").Text(), function["arguments"]?.Text() ?? ""));
        }
    }

    private static void ReadContent(WireNode? content, List<LlmPart> parts)
    {
        if (content is not { } given) return;
        if (given.IsText)
        {
            parts.Add(new TextPart(given.Text()));
            return;
        }

        foreach (var part in given.Items()) parts.Add(ReadPart(part));
    }

    private static LlmPart ReadPart(WireNode part)
    {
        var type = part.Required("type").Text();
        return type switch
        {
            "text" => new TextPart(part.Required("text").Text()),
            "refusal" => new RefusalPart(part.Required("refusal").Text()),
            "image_url" => ReadImage(part.Required("image_url")),
            "file" when part.Required("file")["file_data"] is { } data => ReadFile(data.Text(), part.Required("file")["filename"]?.Text()),
            _ => new ForeignPart(Dialect.OpenAiChat, type, part.Keep()),
        };
    }

    private static ImagePart ReadImage(WireNode image)
    {
        var url = image.IsText ? image.Text() : image.Required("url").Text(); // Some clients send the address bare.
        var detail = image.IsText ? null : image["detail"]?.Text();
        return DataUrl.TryRead(url, out var mediaType, out var base64) ? new ImagePart(null, mediaType, base64, detail) : new ImagePart(url, null, null, detail);
    }

    private static FilePart ReadFile(string data, string? name) =>
        DataUrl.TryRead(data, out var mediaType, out var base64) ? new FilePart(name, mediaType, base64) : new FilePart(name, null, data);
}
