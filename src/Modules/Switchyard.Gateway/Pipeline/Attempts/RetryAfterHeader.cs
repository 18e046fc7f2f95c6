using System.Globalization;
using System.Text.RegularExpressions;
using Switchyard.Gateway.Upstream;

namespace Switchyard.Gateway.Pipeline.Attempts;

/// <summary>Reads when a provider allows the next try, in every form in use.</summary>
internal static partial class RetryAfterHeader
{
    // Where there is no Retry-After: when OpenAI's and Anthropic's limits are refilled. The first to be so may be enough.
    private static readonly string[] Resets =
        ["x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "anthropic-ratelimit-requests-reset", "anthropic-ratelimit-tokens-reset"];

    /// <summary>The wait that a refusal asks for; null when it asks for none.</summary>
    public static TimeSpan? Read(UpstreamReply reply, DateTimeOffset now)
    {
        if (Read(reply.Header("retry-after"), reply.Header("retry-after-ms"), now) is { } asked) return asked;
        return reply.Status != 429 ? null : Resets.Select(name => Reset(reply.Header(name), now)).Min();
    }

    /// <param name="value"><c>Retry-After</c>: seconds (also fractions) or an HTTP date.</param>
    /// <param name="milliseconds"><c>retry-after-ms</c>, which is finer and wins.</param>
    public static TimeSpan? Read(string? value, string? milliseconds, DateTimeOffset now)
    {
        if (double.TryParse(milliseconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ms) && ms < 1e10) return TimeSpan.FromMilliseconds(ms);
        if (value is null) return null;
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return seconds < 1e7 ? TimeSpan.FromSeconds(seconds) : null;
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        return at > now ? at - now : TimeSpan.Zero;
    }

    /// <summary>A reset as OpenAI writes it (<c>6m0s</c>, <c>1.5s</c>, <c>20ms</c>) or Anthropic (a time).</summary>
    public static TimeSpan? Reset(string? value, DateTimeOffset now)
    {
        if (value is null) return null;
        if (Spans().Match(value) is not { Success: true } match) return Read(value, null, now);
        var total = TimeSpan.Zero;
        for (var i = 0; i < match.Groups[1].Captures.Count; i++)
        {
            if (!double.TryParse(match.Groups[1].Captures[i].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) || n > 1e6) return null;
            total += match.Groups[2].Captures[i].Value switch
            {
                "d" => TimeSpan.FromDays(n),
                "h" => TimeSpan.FromHours(n),
                "m" => TimeSpan.FromMinutes(n),
                "s" => TimeSpan.FromSeconds(n),
                _ => TimeSpan.FromMilliseconds(n),
            };
        }

        return total;
    }

    [GeneratedRegex(@"^(?:(\d{1,7}(?:\.\d{1,9})?)(ms|s|m|h|d)){1,5}$", RegexOptions.CultureInvariant)]
    private static partial Regex Spans();
}
