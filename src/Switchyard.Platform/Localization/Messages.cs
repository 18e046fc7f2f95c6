using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Switchyard.Platform.Localization;

/// <summary>
/// Every text the server shows, by language and key, from the <c>Messages/{language}.json</c> resources of the
/// module assemblies. Placeholders are written <c>{name}</c>. A language is read when somebody first speaks it.
/// Thread-safe.
/// </summary>
public sealed class Messages
{
    private readonly FrozenDictionary<string, Lazy<FrozenDictionary<string, string>>> _texts;

    private Messages(Assembly[] assemblies) =>
        _texts = Language.All.ToFrozenDictionary(l => l, l => new Lazy<FrozenDictionary<string, string>>(() => Read(assemblies, l)));

    /// <summary>The texts of <paramref name="assemblies"/>; a key defined twice is a bug and throws when it is read.</summary>
    public static Messages Load(IEnumerable<Assembly> assemblies) => new([.. assemblies.Distinct()]);

    /// <summary>All keys of a language.</summary>
    public IReadOnlyCollection<string> Keys(string language) => _texts[language].Value.Keys;

    /// <summary>The raw text, or null when the key does not exist.</summary>
    public string? Find(string language, string key) => _texts[language].Value.GetValueOrDefault(key);

    /// <summary>The phrase in a language, and the phrases within it.</summary>
    public string Text(string language, Phrase phrase) =>
        Text(language, phrase.Key, phrase.Args);

    /// <summary>A stored text in a language: what <see cref="Phrase.Write()"/> made is said, anything else stays as it is.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Read(string language, string? text) =>
        Phrase.TryRead(text, out var phrase) && Find(language, phrase.Key) is not null ? Text(language, phrase) : text;

    /// <summary>The text with its placeholders filled; the key itself when it does not exist.</summary>
    /// <param name="language">One of <see cref="Language.All"/>.</param>
    /// <param name="key">For example <c>errors.not_found.title</c>.</param>
    /// <param name="args">Values by placeholder name; a <see cref="Phrase"/>, also a written one, or a list of them is said in the same language, missing ones stay empty.</param>
    public string Text(string language, string key, IReadOnlyDictionary<string, object?>? args = null)
    {
        var text = Find(language, key);
        if (text is null) return key;
        return text.Contains('{', StringComparison.Ordinal) ? Fill(language, text, args) : text;
    }

    private string Fill(string language, string text, IReadOnlyDictionary<string, object?>? args)
    {
        var culture = CultureInfo.GetCultureInfo(language);
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
            if (args is not null && args.TryGetValue(text[(open + 1)..close], out var value)) filled.Append(culture, $"{Said(language, value)}");
            from = close + 1;
        }

        return filled.ToString();
    }

    private object? Said(string language, object? value) => value switch
    {
        Phrase phrase => Text(language, phrase),
        IEnumerable<Phrase> several => string.Join("; ", several.Select(phrase => Text(language, phrase))),
        string text => Read(language, text),
        _ => value,
    };

    private static FrozenDictionary<string, string> Read(Assembly[] assemblies, string language)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assembly in assemblies)
        {
            foreach (var (key, text) in Read(assembly, language)) texts.Add(key, text);
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
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
