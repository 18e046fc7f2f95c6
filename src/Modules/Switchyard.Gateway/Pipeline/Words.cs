using Switchyard.Gateway.Wire;

namespace Switchyard.Gateway.Pipeline;

/// <summary>The stable words for outcomes, dialects and stop reasons in records, answers and metrics.</summary>
public static class Words
{
    /// <summary>Word of a status.</summary>
    public static string Of(CallStatus status) => status switch
    {
        CallStatus.Open => "open",
        CallStatus.Succeeded => "succeeded",
        CallStatus.Failed => "failed",
        CallStatus.Aborted => "aborted",
        _ => "unknown",
    };

    /// <summary>Word of a dialect.</summary>
    public static string Of(Dialect dialect) => dialect switch
    {
        Dialect.OpenAiChat => "openai",
        Dialect.AnthropicMessages => "anthropic",
        _ => "ollama",
    };

    /// <summary>Word of a stop reason.</summary>
    public static string Of(StopReason stop) => stop switch
    {
        StopReason.End => "end",
        StopReason.Length => "length",
        StopReason.StopSequence => "stop-sequence",
        StopReason.ToolUse => "tool-use",
        StopReason.Filtered => "filtered",
        _ => "unknown",
    };
}
