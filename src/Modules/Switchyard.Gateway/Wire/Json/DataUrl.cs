namespace Switchyard.Gateway.Wire.Json;

/// <summary>Inline data as OpenAI carries it: <c>data:image/png;base64,…</c>.</summary>
internal static class DataUrl
{
    /// <summary>Takes a data URL apart; false when it is an ordinary address.</summary>
    public static bool TryRead(string url, out string mediaType, out string base64)
    {
        (mediaType, base64) = ("", "");
        const string mark = ";base64,";
        var at = url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? url.AsSpan(0, Math.Min(url.Length, 256)).IndexOf(mark) : -1;
        if (at < 0) return false;
        mediaType = url[5..at];
        base64 = url[(at + mark.Length)..];
        return true;
    }

    /// <summary>Puts a data URL together.</summary>
    public static string Write(string? mediaType, string base64) => $"data:{mediaType ?? "application/octet-stream"};base64,{base64}";
}
