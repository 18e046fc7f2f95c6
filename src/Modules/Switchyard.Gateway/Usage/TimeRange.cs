using System.Globalization;

namespace Switchyard.Gateway.Usage;

/// <summary>Reads <c>from</c> and <c>to</c> of a query.</summary>
internal static class TimeRange
{
    /// <summary>False when one is no time, or they are the wrong way round; absent ones stay null.</summary>
    public static bool TryRead(string? from, string? to, out DateTimeOffset? since, out DateTimeOffset? until) =>
        TryRead(from, out since) & TryRead(to, out until) && !(since >= until);

    private static bool TryRead(string? text, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read)) return false;
        at = read;
        return true;
    }
}
