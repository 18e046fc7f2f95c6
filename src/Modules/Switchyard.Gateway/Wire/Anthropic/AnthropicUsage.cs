using System.Text.Json;
using Switchyard.Gateway.Wire.Scanning;

namespace Switchyard.Gateway.Wire.Anthropic;

/// <summary>Usage as Anthropic reports it: <c>input_tokens</c> excludes what was read from or written to the cache.</summary>
internal static class AnthropicUsage
{
    /// <summary>Reads <c>usage</c>; null when it is absent or cannot be true.</summary>
    public static TokenUsage? Read(JsonElement usage, out bool refused)
    {
        refused = false;
        if (usage.ValueKind != JsonValueKind.Object) return null;
        var count = new TokenCount(usage);
        var input = count.Read("input_tokens");
        var output = count.Read("output_tokens");
        var read = count.Read("cache_read_input_tokens") ?? 0;
        var written = count.Read("cache_creation_input_tokens") ?? 0;
        var thinking = count.Read("output_tokens_details", "thinking_tokens") ?? 0;
        refused = count.Refused;
        if (input is null && output is null) return null;
        return new TokenUsage(input ?? 0, output ?? 0, read, written, Math.Min(thinking, output ?? 0));
    }

    /// <summary>Stream usage is cumulative and split over two events: the larger value of each class is the true one.</summary>
    public static TokenUsage Larger(TokenUsage? before, TokenUsage now)
    {
        if (before is not { } old) return now;
        return new TokenUsage(
            Math.Max(old.Input, now.Input), Math.Max(old.Output, now.Output), Math.Max(old.CachedRead, now.CachedRead),
            Math.Max(old.CacheWrite, now.CacheWrite), Math.Max(old.Reasoning, now.Reasoning));
    }

    /// <summary>Writes a <c>usage</c> object.</summary>
    public static void Write(TokenUsage usage, Utf8JsonWriter json)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Input);
        json.WriteNumber("cache_creation_input_tokens", usage.CacheWrite);
        json.WriteNumber("cache_read_input_tokens", usage.CachedRead);
        json.WriteNumber("output_tokens", usage.Output);
        if (usage.Reasoning > 0)
        {
            json.WriteStartObject("output_tokens_details");
            json.WriteNumber("thinking_tokens", usage.Reasoning);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
