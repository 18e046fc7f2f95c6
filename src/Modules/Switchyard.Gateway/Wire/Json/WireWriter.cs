using System.Text.Encodings.Web;
using System.Text.Json;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>How the gateway writes JSON onto wires: compact, and text as it is instead of as escapes.</summary>
internal static class WireWriter
{
    /// <summary>No HTML ever embeds these bodies, so the relaxed encoder is safe and a third smaller for Chinese.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };
}
