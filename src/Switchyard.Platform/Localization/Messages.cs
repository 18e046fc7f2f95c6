using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Switchyard.Platform.Localization;

/// <summary>
/// Every text the server shows, by language and key, from the <c>Messages/{language}.json</c> resources of the
/// module assemblies. Placeholders are written <c>{name}</c>. Immutable and thread-safe.
/// </summary>
public sealed class Messages
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _texts;

    private Messages(FrozenDictionary<string, FrozenDictionary<string, string>> texts) => _texts = texts;

    /// <summary>Reads the resources of <paramref name="assemblies"/>; a key defined twice is a bug and throws.</summary>
    public static Messages Load(IEnumerable<Assembly> assemblies)
    {
        var texts = Language.All.ToDictionary(l => l, _ => new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var assembly in assemblies.Distinct())
        {
            foreach (var language in Language.All)
            {
                foreach (var (key, text) in Read(assembly, language)) texts[language].Add(key, text);
            }
        }

        return new Messages(texts.ToFrozenDictionary(t => t.Key, t => t.Value.ToFrozenDictionary(StringComparer.Ordinal)));
    }

    /// <summary>All keys of a language.</summary>
    public IReadOnlyCollection<string> Keys(string language) => _texts[language].Keys;

    /// <summary>The raw text, or null when the key does not exist.</summary>
    public string? Find(string language, string key) => _texts[language].GetValueOrDefault(key);

    /// <summary>The text with its placeholders filled; the key itself when it does not exist.</summary>
    /// <param name="language">One of <see cref="Language.All"/>.</param>
    /// <param name="key">For example <c>errors.not_found.title</c>.</param>
    /// <param name="args">Values by placeholder name; missing ones stay empty.</param>
    public string Text(string language, string key, IReadOnlyDictionary<string, object?>? args = null)
    {
        var text = Find(language, key);
        if (text is null) return key;
        return text.Contains('{', StringComparison.Ordinal) ? Fill(text, args, CultureInfo.GetCultureInfo(language)) : text;
    }

    private static string Fill(string text, IReadOnlyDictionary<string, object?>? args, CultureInfo culture)
    {
        var filled = new StringBuilder(text.Length + 32);
        var from = 0;
        while (from < text.Length)
        {
            var open = text.IndexOf('{', from);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                filled.Append(text, from, text.Length - from);
                break;
            }

            filled.Append(text, from, open - from);
            if (args is not null && args.TryGetValue(text[(open + 1)..close], out var value)) filled.Append(culture, $"{value}");
            from = close + 1;
        }

        return filled.ToString();
    }

    private static Dictionary<string, string> Read(Assembly assembly, string language)
    {
        var name = assembly.GetManifestResourceNames()
            .SingleOrDefault(n => n.EndsWith($".Messages.{language}.json", StringComparison.Ordinal));
        if (name is null) return [];
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
