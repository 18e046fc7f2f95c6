namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Anthropic's stop reasons.</summary>
internal static class AnthropicStop
{
    /// <summary>Reads a stop reason.</summary>
    public static StopReason Read(string reason) => reason switch
    {
        "end_turn" => StopReason.End,
        "max_tokens" or "model_context_window_exceeded" => StopReason.Length,
        "stop_sequence" => StopReason.StopSequence,
        "tool_use" => StopReason.ToolUse,
        "refusal" => StopReason.Filtered,
        _ => StopReason.Unknown,
    };

    /// <summary>Writes a stop reason.</summary>
    public static string Write(StopReason stop) => stop switch
    {
        StopReason.Length => "max_tokens",
        StopReason.StopSequence => "stop_sequence",
        StopReason.ToolUse => "tool_use",
        StopReason.Filtered => "refusal",
        _ => "end_turn",
    };
}
