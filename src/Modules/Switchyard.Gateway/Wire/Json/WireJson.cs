using System.Text.Json;
using System.Text.Unicode;
using Switchyard.Gateway.Wire.Errors;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>Reads foreign JSON under one set of limits, and turns every way it can be wrong into <see cref="WireFormatException"/>.</summary>
internal static class WireJson
{
    /// <summary>Deepest nesting accepted.</summary>
    public const int MaxDepth = Requests.RequestEnvelope.MaxDepth;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a client's JSON: duplicate keys at any level are refused, since readers disagree on which one counts.</summary>
    public static T ReadStrict<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read) => Read(json, Strict, read);

    /// <summary>Reads a vendor's JSON.</summary>
    public static T ReadLenient<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read) => Read(json, Lenient, read);

    /// <summary>Names what is wrong with text that is not JSON.</summary>
    public static WireFormatException Malformed(JsonException failure)
    {
        if (failure.Message.Contains("maximum configured depth", StringComparison.Ordinal))
            return new WireFormatException("json_too_deep", null, $"The JSON is nested deeper than {MaxDepth} levels.") { Args = new Dictionary<string, object?> { ["max"] = MaxDepth } };
        if (failure.Message.Contains("uplicate", StringComparison.Ordinal)) return WireProblems.Duplicate(DuplicateName(failure.Message));
        var (line, column) = ((failure.LineNumber ?? 0) + 1, (failure.BytePositionInLine ?? 0) + 1);
        return new WireFormatException("invalid_json", null, $"The JSON is broken at line {line}, column {column}.")
        {
            Args = new Dictionary<string, object?> { ["line"] = line, ["column"] = column },
        };
    }

    /// <summary>The framework names the property only in its message, in quotes.</summary>
    private static string DuplicateName(string message)
    {
        var (from, to) = (message.IndexOf('\'', StringComparison.Ordinal), message.LastIndexOf('\''));
        return from >= 0 && to > from + 1 ? message[(from + 1)..to] : "?";
    }

    private static T Read<T>(ReadOnlyMemory<byte> json, JsonDocumentOptions options, Func<JsonElement, T> read)
    {
        if (!Utf8.IsValid(json.Span)) throw WireProblems.Encoding("The JSON");
        try
        {
            using var document = JsonDocument.Parse(json, options);
            return read(document.RootElement);
        }
        catch (JsonException failure)
        {
            throw Malformed(failure);
        }
        catch (InvalidOperationException)
        {
            // The readers check kinds before they read; what is left is text that cannot be decoded.
            throw WireProblems.Encoding("A text of the JSON");
        }
    }
}
