using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>How the gateway writes JSON onto wires: compact, and text as it is instead of as escapes.</summary>
internal static class WireWriter
{
    /// <summary>No HTML ever embeds these bodies, so the relaxed encoder is safe and a third smaller for Chinese.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    /// <summary>Writes a value byte by byte as it was read, also where its text could not be decoded.</summary>
    public static void WriteVerbatim(this Utf8JsonWriter json, JsonElement value) =>
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
