using System.Text.Json;
using Switchyard.Gateway.Wire.Scanning;

namespace Switchyard.Gateway.Wire.Ollama;

/// <summary>Ollama's counts on its last line: <c>prompt_eval_count</c>, <c>eval_count</c>.</summary>
internal static class OllamaUsage
{
    /// <summary>Reads the counts; null when there are none that can be true.</summary>
    public static TokenUsage? Read(JsonElement line, out bool refused)
    {
        var count = new TokenCount(line);
        var input = count.Read("prompt_eval_count");
        var output = count.Read("eval_count");
        refused = count.Refused;
        return input is null && output is null ? null : new TokenUsage(input ?? 0, output ?? 0);
    }
}
