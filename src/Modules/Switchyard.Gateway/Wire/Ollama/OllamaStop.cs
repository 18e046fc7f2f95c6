namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Ollama's <c>done_reason</c>.</summary>
internal static class OllamaStop
{
    /// <summary>Reads a reason.</summary>
    public static StopReason Read(string? reason) => reason switch
    {
        "stop" or null => StopReason.End,
        "length" => StopReason.Length,
        _ => StopReason.Unknown,
    };

    /// <summary>Writes a reason.</summary>
    public static string Write(StopReason stop) => stop == StopReason.Length ? "length" : "stop";
}
