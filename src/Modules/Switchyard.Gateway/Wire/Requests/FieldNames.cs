using System.Text;
using System.Text.Json;

namespace Switchyard.Gateway.Wire.Requests;

/// <summary>Names of the fields that clients send every time, so that reading them allocates nothing.</summary>
internal static class FieldNames
{
    private static readonly (byte[] Utf8, string Name)[][] ByLength = Group(
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "temperature", "top_p",
        "top_k", "stop", "stop_sequences", "tools", "tool_choice", "parallel_tool_calls", "response_format", "seed", "n",
        "user", "metadata", "system", "thinking", "input", "encoding_format", "dimensions", "reasoning_effort",
        "frequency_penalty", "presence_penalty", "logprobs", "top_logprobs", "output_config", "service_tier", "store");

    /// <summary>The name of the property that <paramref name="reader"/> stands on, unescaped.</summary>
    public static string Of(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (!reader.ValueIsEscaped && utf8.Length < ByLength.Length)
        {
            foreach (var known in ByLength[utf8.Length])
                if (utf8.SequenceEqual(known.Utf8)) return known.Name;
        }

        return reader.GetString()!;
    }

    private static (byte[] Utf8, string Name)[][] Group(params string[] names)
    {
        var longest = names.Max(name => name.Length);
        return [.. Enumerable.Range(0, longest + 1).Select(length =>
            names.Where(name => name.Length == length).Select(name => (Encoding.UTF8.GetBytes(name), name)).ToArray())];
    }
}
