using System.Text.Json;

namespace Switchyard.Gateway.Wire;

/// <summary>A chat request between dialects: what every dialect can say, plus what only some can.</summary>
public sealed record LlmRequest
{
    /// <summary>Dialect the client spoke.</summary>
    public Dialect Source { get; init; }

    /// <summary>Model as the client named it; the writer replaces it by the target's.</summary>
    public required string Model { get; init; }

    /// <summary>Conversation in order; system texts stay where the client put them.</summary>
    public required IReadOnlyList<LlmMessage> Messages { get; init; }

    public IReadOnlyList<LlmTool> Tools { get; init; } = [];
    public LlmToolChoice? ToolChoice { get; init; }
    public bool? ParallelToolCalls { get; init; }

    /// <summary>Cap on output tokens; null when the client set none.</summary>
    public int? MaxOutputTokens { get; init; }

    public double? Temperature { get; init; }
    public double? TopP { get; init; }
    public int? TopK { get; init; }
    public double? FrequencyPenalty { get; init; }
    public double? PresencePenalty { get; init; }
    public long? Seed { get; init; }
    public IReadOnlyList<string> Stop { get; init; } = [];
    public LlmOutputFormat? OutputFormat { get; init; }
    public LlmReasoning? Reasoning { get; init; }
    public bool Stream { get; init; }

    /// <summary>The client's end-user id, if it sent one.</summary>
    public string? User { get; init; }

    /// <summary>The client's metadata object, verbatim.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Top-level fields that only <see cref="Source"/> knows, verbatim.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extras { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>Speaker of a message.</summary>
public enum LlmRole
{
    System,
    User,
    Assistant,
    Tool,
}

/// <summary>One message.</summary>
public sealed record LlmMessage(LlmRole Role, IReadOnlyList<LlmPart> Parts, string? Name = null);

/// <summary>A function the model may call.</summary>
/// <param name="Schema">JSON schema of the arguments.</param>
public sealed record LlmTool(string Name, string? Description, JsonElement? Schema, bool? Strict = null)
{
    /// <summary>The whole definition, where it is no function but something only the client's dialect knows.</summary>
    public JsonElement? Foreign { get; init; }

    /// <summary>Anthropic's <c>cache_control</c>, verbatim.</summary>
    public JsonElement? CacheControl { get; init; }
}

/// <summary>Which tool the model must, may or must not call.</summary>
/// <param name="Mode"><c>auto</c>, <c>none</c>, <c>required</c> or <c>tool</c>.</param>
/// <param name="Name">The tool, for mode <c>tool</c>.</param>
public sealed record LlmToolChoice(string Mode, string? Name = null);

/// <summary>Demanded output shape.</summary>
/// <param name="Kind"><c>text</c>, <c>json_object</c> or <c>json_schema</c>.</param>
public sealed record LlmOutputFormat(string Kind, string? Name = null, JsonElement? Schema = null, bool? Strict = null, string? Description = null);

/// <summary>Asked-for reasoning.</summary>
/// <param name="Effort">Effort word, for example <c>low</c>.</param>
/// <param name="BudgetTokens">Anthropic's token budget.</param>
/// <param name="Mode">Anthropic's <c>enabled</c>, <c>adaptive</c> or <c>disabled</c>; null when only an effort was given.</param>
public sealed record LlmReasoning(string? Effort, int? BudgetTokens = null, string? Mode = null);
