using System.Text.Json;

namespace Switchyard.TestKit.Providers;

/// <summary>The parts of a chat request that a script may look at, in any dialect.</summary>
/// <param name="Model">Model name: the script.</param>
/// <param name="Stream">Whether a stream was asked for.</param>
/// <param name="IncludeUsage">OpenAI: whether the usage chunk was asked for.</param>
/// <param name="LastUserText">Text of the last user message.</param>
/// <param name="ToolResult">Text of a tool result that came after it; null for none.</param>
/// <param name="Tools">Tools offered: name and parameter schema.</param>
/// <param name="Schema">Schema asked for in structured output; null for none.</param>
public sealed record MockRequest(
    string Model,
    bool Stream,
    bool IncludeUsage,
    string LastUserText,
    string? ToolResult,
    IReadOnlyList<(string Name, JsonElement Schema)> Tools,
    JsonElement? Schema);
