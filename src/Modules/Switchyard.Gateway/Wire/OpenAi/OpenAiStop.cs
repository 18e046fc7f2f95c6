using Switchyard.Gateway.Wire.Errors;
using Switchyard.Platform.Localization;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Finish reasons of OpenAI and its relatives.</summary>
internal static class OpenAiStop
{
    /// <summary>Reads a finish reason.</summary>
    public static StopReason Read(string reason) => reason switch
    {
        "stop" or "eos" or "eos_token" or "normal" => StopReason.End,
        "length" or "max_tokens" => StopReason.Length,
        "tool_calls" or "function_call" or "tool_use" => StopReason.ToolUse,
        "content_filter" or "sensitive" or "refusal" => StopReason.Filtered, // "sensitive" is Zhipu's.
        _ => StopReason.Unknown,
    };

    /// <summary>Reasons that mean the vendor broke off (Zhipu, DeepSeek, OpenRouter): an error that came inside a 200.</summary>
    public static bool IsFailure(string reason) => reason is "network_error" or "insufficient_system_resource" or "error";

    /// <summary>The error that such a reason is.</summary>
    public static UpstreamError Broken(string reason) => new(null, reason, new Phrase("attempt.broken", ("reason", reason)).Write());

    /// <summary>OpenAI's word for a vendor's own that means the same; null for OpenAI's words and unknown ones.</summary>
    public static string? Foreign(string reason) =>
        reason is "stop" or "length" or "tool_calls" or "content_filter" or "function_call" || Read(reason) is var stop && stop == StopReason.Unknown
            ? null
            : Write(stop);

    /// <summary>Writes a finish reason.</summary>
    public static string Write(StopReason stop) => stop switch
    {
        StopReason.Length => "length",
        StopReason.ToolUse => "tool_calls",
        StopReason.Filtered => "content_filter",
        _ => "stop",
    };
}
