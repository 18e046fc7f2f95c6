using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Reads content blocks of a Messages request.</summary>
internal static class AnthropicBlocks
{
    /// <summary>Reads a text or an array of blocks.</summary>
    public static List<LlmPart> Read(WireNode content)
    {
        if (content.IsText) return [new TextPart(content.Text())];
        return [.. content.Items().Select(block => ReadBlock(block) with { CacheControl = block["cache_control"]?.Keep() })];
    }

    private static LlmPart ReadBlock(WireNode block)
    {
        var type = block.Required("type").Text();
        return type switch
        {
            "text" => new TextPart(block.Required("text").Text()),
            "image" => ReadImage(block),
            "document" => ReadDocument(block),
            "tool_use" => new ToolCallPart(block.Required("id").Text(), block.Required("name").Text(), block.Required("input").Object().Element.GetRawText()),
            "tool_result" => new ToolResultPart(
                block.Required("tool_use_id").Text(), block["content"] is { } content ? Read(content) : [], block["is_error"]?.Flag() ?? false),
            "thinking" => new ThinkingPart(block.Required("thinking").Text(), block["signature"]?.Text()),
            "redacted_thinking" => new ThinkingPart("", null, block.Required("data").Text()),
            _ => Foreign(block, type),
        };
    }

    private static LlmPart ReadImage(WireNode block)
    {
        var source = block.Required("source");
        return source.Required("type").Text() switch
        {
            "base64" => new ImagePart(null, source.Required("media_type").Text(), source.Required("data").Text()),
            "url" => new ImagePart(source.Required("url").Text(), null, null),
            _ => Foreign(block, "image.file"),
        };
    }

    private static LlmPart ReadDocument(WireNode block)
    {
        var source = block.Required("source");
        var title = block["title"]?.Text();
        return source.Required("type").Text() switch
        {
            "base64" => new FilePart(title, source.Required("media_type").Text(), source.Required("data").Text()),
            "text" => new FilePart(title, source["media_type"]?.Text(), null, source.Required("data").Text()),
            "url" => new FilePart(title, null, null, null, source.Required("url").Text()),
            _ => Foreign(block, "document"),
        };
    }

    private static ForeignPart Foreign(WireNode block, string type) => new(Dialect.AnthropicMessages, type, block.Keep());
}
