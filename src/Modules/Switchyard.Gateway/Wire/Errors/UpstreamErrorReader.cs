using System.Text;
using System.Text.Json;
using Switchyard.Gateway.Wire.Json;

namespace Switchyard.Gateway.Wire.Errors;

/// <summary>
/// Reads the error bodies of every vendor: OpenAI and those who copy it (<c>error: {message, type, code, param}</c>),
/// Anthropic (<c>type: error</c>), Ollama (<c>error: "text"</c>), DashScope (<c>code, message, request_id</c>),
/// Baidu (<c>error_code, error_msg</c>), vLLM (<c>object: error</c>), FastAPI (<c>detail</c>), and plain text or HTML.
/// </summary>
public static class UpstreamErrorReader
{
    /// <summary>Reads the body of a failed call; never throws, whatever the body is.</summary>
    /// <param name="secrets">Keys that must not appear in the text.</param>
    public static UpstreamError Read(ReadOnlyMemory<byte> body, params ReadOnlySpan<string?> secrets) =>
        (Parse(body) ?? new UpstreamError(null, null, Plain(body))).Cleaned(secrets);

    /// <summary>Reads an error that hides in a 200 or in a stream; null when <paramref name="root"/> is no error.</summary>
    internal static UpstreamError? Find(JsonElement root) => FindRaw(root)?.Cleaned();

    private static UpstreamError? FindRaw(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return null;
        var requestId = Text(root, "request_id");
        if (root.TryGetProperty("error", out var error) && FromMember(error, requestId) is { } member) return member;
        if (Text(root, "error_msg") is { } baidu) return new UpstreamError(null, Text(root, "error_code"), baidu, null, requestId);
        var declared = Text(root, "object") == "error" || Text(root, "type") == "error";
        var bare = root.TryGetProperty("code", out _) && !IsAnswer(root);
        if ((declared || bare) && Text(root, "message") is { } message)
            return new UpstreamError(declared ? Text(root, "type") : null, Text(root, "code"), message, Text(root, "param"), requestId);
        return null;
    }

    private static UpstreamError? FromMember(JsonElement error, string? requestId) => error.ValueKind switch
    {
        JsonValueKind.String => new UpstreamError(null, null, WireText.Lenient(error), null, requestId),
        JsonValueKind.Object => new UpstreamError(
            Text(error, "type") ?? Text(error, "status"), Text(error, "code"),
            Text(error, "message") ?? error.GetRawText(), Text(error, "param"), requestId),
        _ => null,
    };

    private static bool IsAnswer(JsonElement root) =>
        root.TryGetProperty("choices", out _) || root.TryGetProperty("content", out _) || root.TryGetProperty("data", out _);

    private static UpstreamError? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return WireJson.ReadLenient(body, root =>
            {
                if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0) root = root[0]; // Gemini's compatible endpoint.
                if (FindRaw(root) is { } found) return found;
                if (root.ValueKind != JsonValueKind.Object) return null;
                var message = Text(root, "message") ?? Text(root, "detail") ?? Text(root, "msg");
                return message is null ? null : new UpstreamError(Text(root, "type"), Text(root, "code"), message, null, Text(root, "request_id"));
            });
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => WireText.Lenient(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    private static string Plain(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 4096)]).Trim();
        if (text.Length == 0) return "The provider gave no reason.";
        return text.StartsWith('<') ? "The provider answered with a web page instead of JSON." : text;
    }
}
