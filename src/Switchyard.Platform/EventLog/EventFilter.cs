namespace Switchyard.Platform.EventLog;

/// <summary>
/// Which event types a reader wants: exact names and prefixes (<c>gateway.*</c>). Immutable; empty means all.
/// </summary>
public sealed class EventFilter
{
    /// <summary>Most terms one filter may have.</summary>
    public const int MaxTerms = 50;

    private readonly HashSet<string> _exact;
    private readonly string[] _prefixes;

    private EventFilter(HashSet<string> exact, string[] prefixes) => (_exact, _prefixes) = (exact, prefixes);

    /// <summary>Everything.</summary>
    public static EventFilter All { get; } = new([], []);

    /// <summary>Exact type names.</summary>
    public IReadOnlyCollection<string> Exact => _exact;

    /// <summary>Beginnings of type names, each ending in a dot.</summary>
    public IReadOnlyList<string> Prefixes => _prefixes;

    /// <summary>True when nothing is filtered out.</summary>
    public bool IsAll => _exact.Count == 0 && _prefixes.Length == 0;

    /// <summary>A filter of known good <paramref name="types"/>; throws on a malformed one.</summary>
    public static EventFilter Of(IReadOnlyCollection<string> types) =>
        TryParse(types, out var filter, out var bad) ? filter : throw new ArgumentException($"'{bad}' is not an event type or prefix", nameof(types));

    /// <summary>Reads terms such as <c>state.updated</c> or <c>gateway.*</c>; names the first bad one.</summary>
    public static bool TryParse(IReadOnlyCollection<string> terms, out EventFilter filter, out string? bad)
    {
        (filter, bad) = (All, null);
        if (terms.Count == 0 || terms.Contains("*")) return true;

        var exact = new HashSet<string>(StringComparer.Ordinal);
        var prefixes = new List<string>();
        foreach (var term in terms)
        {
            if (term.Length is 0 or > 100 || terms.Count > MaxTerms || !IsWellFormed(term))
            {
                bad = term;
                return false;
            }

            if (term.EndsWith(".*", StringComparison.Ordinal)) prefixes.Add(term[..^1]);
            else exact.Add(term);
        }

        filter = new EventFilter(exact, [.. prefixes]);
        return true;
    }

    /// <summary>True when an event of <paramref name="type"/> is wanted.</summary>
    public bool Matches(string type)
    {
        if (IsAll || _exact.Contains(type)) return true;
        foreach (var prefix in _prefixes)
        {
            if (type.StartsWith(prefix, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool IsWellFormed(string term)
    {
        var name = term.EndsWith(".*", StringComparison.Ordinal) ? term.AsSpan(0, term.Length - 2) : term;
        if (name.IsEmpty || name[0] == '.' || name[^1] == '.') return false;
        foreach (var c in name)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')) return false;
        }

        return true;
    }
}
