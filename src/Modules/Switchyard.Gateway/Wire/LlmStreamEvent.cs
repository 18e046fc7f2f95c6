using Switchyard.Gateway.Wire.Errors;

namespace Switchyard.Gateway.Wire;

/// <summary>One step of a streamed answer, between dialects. Content blocks are numbered from 0 in order of appearance.</summary>
public abstract record LlmStreamEvent;

/// <summary>The answer begins.</summary>
public sealed record StreamStarted(string Id, string Model) : LlmStreamEvent;

/// <summary>More text of content block <paramref name="Block"/>.</summary>
public sealed record TextDelta(int Block, string Text) : LlmStreamEvent;

/// <summary>More visible reasoning, or its signature.</summary>
public sealed record ThinkingDelta(int Block, string Text, string? Signature = null) : LlmStreamEvent;

/// <summary>A whole block of reasoning that the vendor hid.</summary>
public sealed record RedactedThinking(int Block, string Data) : LlmStreamEvent;

/// <summary>More of a refusal.</summary>
public sealed record RefusalDelta(int Block, string Text) : LlmStreamEvent;

/// <summary>A tool call begins.</summary>
public sealed record ToolCallStarted(int Block, string Id, string Name) : LlmStreamEvent;

/// <summary>More of the arguments' JSON text.</summary>
public sealed record ToolCallDelta(int Block, string Json) : LlmStreamEvent;

/// <summary>Usage so far; replaces what was reported before.</summary>
public sealed record UsageReported(TokenUsage Usage) : LlmStreamEvent;

/// <summary>The model stopped. Only after this may the stream be closed as complete.</summary>
public sealed record StreamStopped(StopReason Stop, string? StopSequence = null) : LlmStreamEvent;

/// <summary>The vendor reported an error inside the stream.</summary>
public sealed record StreamFailed(UpstreamError Error) : LlmStreamEvent;
