namespace Switchyard.Gateway.Wire;

/// <summary>One step of a streamed answer, between dialects.</summary>
public abstract record LlmStreamEvent;

/// <summary>The answer begins.</summary>
public sealed record StreamStarted(string Id, string Model, TokenUsage? Usage = null) : LlmStreamEvent;

/// <summary>More text of the content block <paramref name="Block"/> (0-based, in order of appearance).</summary>
public sealed record TextDelta(int Block, string Text) : LlmStreamEvent;

/// <summary>More visible reasoning.</summary>
public sealed record ThinkingDelta(int Block, string Text, string? Signature = null) : LlmStreamEvent;

/// <summary>A tool call begins.</summary>
public sealed record ToolCallStarted(int Block, string Id, string Name) : LlmStreamEvent;

/// <summary>More of the arguments' JSON text.</summary>
public sealed record ToolCallDelta(int Block, string Json) : LlmStreamEvent;

/// <summary>Usage so far; later values replace earlier ones (take the maximum of each class).</summary>
public sealed record UsageReported(TokenUsage Usage) : LlmStreamEvent;

/// <summary>The model stopped. Only after this may the stream be closed as complete.</summary>
public sealed record StreamStopped(StopReason Stop, string? StopSequence = null) : LlmStreamEvent;

/// <summary>The vendor reported an error inside the stream.</summary>
public sealed record StreamFailed(string? Code, string Message) : LlmStreamEvent;
