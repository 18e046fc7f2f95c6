using System.Text;

namespace Switchyard.Gateway.Usage.Journal;

/// <summary>
/// Gives the same string for the same bytes while they come again and again: names of providers, models, routes
/// and keys are the same in nearly every record. A small table in which a newcomer takes the place of another.
/// One per thread.
/// </summary>
internal sealed class RepeatedTexts
{
    private const int Places = 256;
    private const int LongestKept = 64;

    [ThreadStatic]
    private static RepeatedTexts? _ofThread;

    private readonly (byte[] Bytes, string Text)[] _places = new (byte[], string)[Places];

    public static RepeatedTexts OfThread => _ofThread ??= new RepeatedTexts();

    /// <summary>The text that <paramref name="utf8"/> spells.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return "";
        if (utf8.Length > LongestKept) return Encoding.UTF8.GetString(utf8);
        ref var place = ref _places[Hash(utf8) % Places];
        if (place.Bytes is { } known && utf8.SequenceEqual(known)) return place.Text;
        var text = Encoding.UTF8.GetString(utf8);
        place = (utf8.ToArray(), text);
        return text;
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = (uint)utf8.Length;
        foreach (var b in utf8) hash = (hash ^ b) * 16777619;
        return hash ^ (hash >> 15);
    }
}
