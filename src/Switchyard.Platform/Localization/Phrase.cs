using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Switchyard.Platform.Localization;

/// <summary>
/// Something to be said, not yet in any language: whoever reads it gets the text of <see cref="Key"/> in their own.
/// Immutable and thread-safe.
/// </summary>
/// <param name="key">Key of the message files, for example <c>backup.exists</c>.</param>
/// <param name="args">Values by placeholder name; a phrase among them is said in the same language.</param>
public sealed class Phrase(string key, params (string Name, object? Value)[] args)
{
    private const string Mark = "phrase:";

    /// <summary>Key of the message files.</summary>
    public string Key => key;

    /// <summary>Values by placeholder name.</summary>
    public IReadOnlyDictionary<string, object?> Args { get; } = args.ToDictionary(a => a.Name, a => a.Value);

    /// <summary>
    /// The phrase as one string, for places that keep only strings: columns, and the failures of option validators.
    /// <see cref="TryRead"/> is its inverse.
    /// </summary>
    public string Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) Write(json);
        return Mark + Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads what <see cref="Write()"/> made; false for any other text, which then speaks for itself.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out Phrase? phrase)
    {
        phrase = null;
        if (text is null || !text.StartsWith(Mark, StringComparison.Ordinal)) return false;
        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(Mark.Length));
            phrase = Read(document.RootElement);
        }
        catch (JsonException)
        {
            // Cut short, or somebody's own words.
        }

        return phrase is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Key;

    private static Phrase? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() is 0 || element[0].ValueKind != JsonValueKind.String) return null;
        var args = new List<(string Name, object? Value)>();
        for (var i = 1; i + 1 < element.GetArrayLength() && element[i].ValueKind == JsonValueKind.String; i += 2)
            args.Add((element[i].GetString()!, element[i + 1].ValueKind == JsonValueKind.Array ? Read(element[i + 1]) : element[i + 1].ToString()));
        return new Phrase(element[0].GetString()!, [.. args.DistinctBy(a => a.Name)]);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteStringValue(Key);
        foreach (var (name, value) in Args)
        {
            json.WriteStringValue(name);
            if (value is Phrase inner) inner.Write(json);
            else json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
    }
}
