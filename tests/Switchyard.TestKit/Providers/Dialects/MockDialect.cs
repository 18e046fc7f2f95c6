using System.Text;
using System.Text.Json;

namespace Switchyard.TestKit.Providers.Dialects;

/// <summary>One frame of a streamed answer.</summary>
/// <param name="Event">SSE event name; null for none.</param>
/// <param name="Data">JSON text, or a mark such as <c>[DONE]</c>.</param>
/// <param name="IsPiece">Whether it carries a piece of the answer: faults count these.</param>
/// <param name="IsEnd">Whether it is the dialect's end mark.</param>
internal sealed record MockFrame(string? Event, string Data, bool IsPiece = false, bool IsEnd = false);

/// <summary>Reads and writes one vendor's language the way the vendor does.</summary>
internal abstract class MockDialect
{
    public abstract string Name { get; }

    public virtual string StreamType => "text/event-stream; charset=utf-8";

    public abstract MockRequest Read(JsonElement body, string? modelInPath);

    public abstract object Complete(MockAnswer answer, Script script);

    public abstract IEnumerable<MockFrame> Stream(MockAnswer answer, MockRequest request, Script script);

    public abstract object Error(int status, string message, string id);

    public abstract MockFrame ErrorFrame(string message, string id);

    /// <summary>Puts one frame on the wire.</summary>
    public virtual byte[] Frame(MockFrame frame, Script script)
    {
        var newline = script.Has("crlf") ? "\r\n" : "\n";
        var text = new StringBuilder();
        if (script.Has("comments")) text.Append(": still here").Append(newline);
        if (frame.Event is not null) text.Append("event: ").Append(frame.Event).Append(newline);
        // Between its members, JSON may be broken over lines; the reader joins them with a line feed.
        var data = script.Has("multi-line") ? frame.Data.Replace(",\"", ",\n\"", StringComparison.Ordinal) : frame.Data;
        foreach (var line in data.Split('\n')) text.Append("data: ").Append(line).Append(newline);
        return Encoding.UTF8.GetBytes(text.Append(newline).ToString());
    }

    protected static string Text(object value) => JsonSerializer.Serialize(value, MockAnswer.Json);

    /// <summary>Text of a message's content, which is a string or a list of parts.</summary>
    protected static string ContentText(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part =>
            part.ValueKind == JsonValueKind.String ? part.GetString()
            : part.TryGetProperty("text", out var text) ? text.GetString()
            : "")),
        _ => "",
    };

    protected static JsonElement? Member(JsonElement owner, params string[] path)
    {
        foreach (var name in path)
        {
            if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(name, out owner)) return null;
        }

        return owner;
    }

    protected static bool Flag(JsonElement owner, params string[] path) => Member(owner, path)?.ValueKind == JsonValueKind.True;

    protected static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    protected static string ErrorType(int status) => status switch
    {
        400 or 413 or 422 => "invalid_request_error",
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        _ => "api_error",
    };
}
