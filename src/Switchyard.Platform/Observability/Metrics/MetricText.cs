using System.Text;
using Switchyard.Platform.Observability.Redaction;

namespace Switchyard.Platform.Observability.Metrics;

/// <summary>Names and labels in the Prometheus text format.</summary>
internal static class MetricText
{
    /// <summary><c>switchyard.gateway.requests</c> → <c>switchyard_gateway_requests_total</c>, with the unit where the name lacks it.</summary>
    public static string Name(string instrument, string? unit, bool counter)
    {
        var name = new string(instrument.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_').ToArray());
        var suffix = unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        if (suffix.Length > 0 && !name.EndsWith(suffix, StringComparison.Ordinal)) name += suffix;
        return counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Tags as <c>name="value"</c> pairs, escaped and redacted.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var text = new StringBuilder(64);
        foreach (var (key, value) in tags)
        {
            if (value is null) continue;
            if (text.Length > 0) text.Append(',');
            foreach (var c in key) text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            text.Append("=\"");
            foreach (var c in Redactor.Redact($"{value}"))
            {
                _ = c switch
                {
                    '\\' => text.Append(@"\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append(@"\n"),
                    _ => text.Append(c),
                };
            }

            text.Append('"');
        }

        return text.ToString();
    }
}
