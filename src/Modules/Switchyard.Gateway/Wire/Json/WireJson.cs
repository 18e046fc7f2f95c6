using System.Text.Json;
using System.Text.Unicode;

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
    public static WireFormatException Malformed(JsonException failure) =>
        failure.Message.Contains("maximum configured depth", StringComparison.Ordinal)
            ? new WireFormatException("too_deep", null, $"The JSON is nested deeper than {MaxDepth} levels.")
            : failure.Message.Contains("uplicate", StringComparison.Ordinal)
                ? new WireFormatException("duplicate_field", failure.Path, "A field stands in an object of the JSON more than once.")
                : new WireFormatException("invalid_json", null, $"The body is not valid JSON (line {(failure.LineNumber ?? 0) + 1}, byte {failure.BytePositionInLine ?? 0}).");

    private static T Read<T>(ReadOnlyMemory<byte> json, JsonDocumentOptions options, Func<JsonElement, T> read)
    {
        if (!Utf8.IsValid(json.Span)) throw new WireFormatException("invalid_encoding", null, "The JSON is not valid UTF-8.");
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
            throw new WireFormatException("invalid_encoding", null, "A string holds half of a surrogate pair.");
        }
    }
}
