using System.Globalization;

namespace Switchyard.Gateway.Pipeline.Attempts;

/// <summary>Reads when a provider allows the next try, in every form in use.</summary>
internal static class RetryAfterHeader
{
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
}
