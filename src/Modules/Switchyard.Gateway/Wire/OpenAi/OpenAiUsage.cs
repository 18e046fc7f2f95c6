using System.Text.Json;
using Switchyard.Gateway.Wire.Scanning;

namespace Switchyard.Gateway.Wire.OpenAi;

/// <summary>Usage as OpenAI and its relatives report it: <c>prompt_tokens</c> includes what came from the cache.</summary>
internal static class OpenAiUsage
{
    /// <summary>Reads <c>usage</c>; null when it is absent or cannot be true.</summary>
    public static TokenUsage? Read(JsonElement usage, out bool refused)
    {
        refused = false;
        if (usage.ValueKind != JsonValueKind.Object) return null;
        var count = new TokenCount(usage);
        var prompt = count.Read("prompt_tokens");
        var completion = count.Read("completion_tokens");

        // DeepSeek and Moonshot have their own names for cache hits.
        var cached = count.Read("prompt_tokens_details", "cached_tokens") ?? count.Read("prompt_cache_hit_tokens") ?? count.Read("cached_tokens") ?? 0;
        var written = count.Read("prompt_tokens_details", "cache_write_tokens") ?? 0;
        var reasoning = count.Read("completion_tokens_details", "reasoning_tokens") ?? 0;
        var total = count.Read("total_tokens");
        refused = count.Refused;
        if (prompt is not { } input) return null;

        // xAI counts reasoning beside the completion, not inside it; the total tells.
        var output = completion ?? 0;
        if (reasoning > 0 && total == input + output + reasoning) output += reasoning;
        refused |= cached + written > input || reasoning > output;
        cached = Math.Min(cached, input);
        written = Math.Min(written, input - cached);
        return new TokenUsage(input - cached - written, output, cached, written, Math.Min(reasoning, output));
    }

    /// <summary>Writes a <c>usage</c> object.</summary>
    public static void Write(TokenUsage usage, Utf8JsonWriter json)
    {
        var prompt = usage.Input + usage.CachedRead + usage.CacheWrite;
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", prompt);
        json.WriteNumber("completion_tokens", usage.Output);
        json.WriteNumber("total_tokens", prompt + usage.Output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.CachedRead);
        if (usage.CacheWrite > 0) json.WriteNumber("cache_write_tokens", usage.CacheWrite);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
