using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Reads the messages of an Ollama chat request.</summary>
internal sealed class OllamaMessages
{
    private readonly List<(string Id, string Name)> _unanswered = [];
    private int _calls;

    public List<LlmMessage> Read(WireNode messages) => [.. messages.Items().Select(ReadMessage)];

    private LlmMessage ReadMessage(WireNode message)
    {
        var role = message.Required("role");
        var parts = new List<LlmPart>();
        if (message["thinking"]?.Text() is { Length: > 0 } thinking) parts.Add(new ThinkingPart(thinking));
        if (message["content"]?.Text() is { Length: > 0 } content) parts.Add(new TextPart(content));
        if (message["images"] is { } images) parts.AddRange(images.Items().Select(image => new ImagePart(null, "image/png", image.Text())));
        switch (role.Text())
        {
            case "system":
                return new LlmMessage(LlmRole.System, parts);
            case "user":
                return new LlmMessage(LlmRole.User, parts);
            case "tool":
                return new LlmMessage(LlmRole.Tool, [new ToolResultPart(CallOf(message), parts)]);
            case "assistant":
                if (message["tool_calls"] is { } calls) parts.AddRange(calls.Items().Select(ReadCall));
                return new LlmMessage(LlmRole.Assistant, parts);
            default:
                throw role.NotAllowed("system", "user", "assistant", "tool");
        }
    }

    private ToolCallPart ReadCall(WireNode call)
    {
        var function = call.Required("function");
        var name = function.Required("name").Text();
        var id = call["id"]?.Text() ?? $"call_{_calls}";
        _calls++;
        _unanswered.Add((id, name));
        return new ToolCallPart(id, name, function["arguments"]?.Object().Element.GetRawText() ?? "{}");
    }

    private string CallOf(WireNode message)
    {
        var named = message["tool_name"]?.Text();
        var at = message["tool_call_id"]?.Text() is { } id ? _unanswered.FindIndex(call => call.Id == id) : -1;
        if (at < 0) at = _unanswered.FindIndex(call => named is null || call.Name == named);
        if (at < 0) throw message.NotAllowed([.. _unanswered.Select(call => call.Name)]);
        var found = _unanswered[at].Id;
        _unanswered.RemoveAt(at);
        return found;
    }
}
