using System.Buffers;

namespace Switchyard.Gateway.Providers;

/// <summary>
/// Which model names are accepted. They end up in URLs (Azure) and headers, so they may never hold anything that
/// could change a host, a path or a line.
/// </summary>
public static class ModelName
{
    /// <summary>Longest accepted name.</summary>
    public const int MaxLength = 200;

    private static readonly SearchValues<char> Marks = SearchValues.Create("._-:/@+~");

    /// <summary>Letters, digits and <c>._-:/@+~</c>, without empty, <c>.</c> or <c>..</c> segments.</summary>
    public static bool IsSafe(string? name)
    {
        if (name is null || name.Length is 0 or > MaxLength) return false;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && !Marks.Contains(c)) return false;
        }

        // System.Uri undoes percent-encoding of dots and then folds the segments: these names must not get that far.
        foreach (var segment in name.AsSpan().Split('/'))
        {
            if (name.AsSpan(segment) is "" or "." or "..") return false;
        }

        return true;
    }

    /// <summary>The name as one path segment.</summary>
    /// <exception cref="UnsafeModelNameException">It is not safe.</exception>
    public static string ToSegment(string name) =>
        IsSafe(name) ? Uri.EscapeDataString(name) : throw new UnsafeModelNameException();
}
