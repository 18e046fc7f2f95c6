namespace Switchyard.Platform.Localization;

/// <summary>Finds the names that somebody may have meant.</summary>
public static class NearestNames
{
    /// <summary>The <paramref name="count"/> names with the smallest edit distance to <paramref name="asked"/>, nearest first.</summary>
    public static IReadOnlyList<string> To(string asked, IEnumerable<string> names, int count)
    {
        var wanted = asked.Length <= 100 ? asked : asked[..100];
        return [.. names
            .Take(2000)
            .Select(name => (name, distance: Distance(wanted, name)))
            .OrderBy(n => n.distance)
            .ThenBy(n => n.name, StringComparer.Ordinal)
            .Take(count)
            .Select(n => n.name)];
    }

    /// <summary>Levenshtein's distance, without regard to case.</summary>
    public static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
