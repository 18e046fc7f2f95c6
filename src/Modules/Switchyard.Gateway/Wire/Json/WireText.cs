using System.Text;
using System.Text.Json;

namespace Switchyard.Gateway.Wire.Json;

/// <summary>Decodes strings that vendors send.</summary>
internal static class WireText
{
    /// <summary>
    /// The text of a string; half surrogate pairs become U+FFFD. Some servers cut a character into two stream chunks,
    /// which must not end the answer.
    /// </summary>
    public static string Lenient(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Repair(value.GetRawText());
        }
    }

    private static string Repair(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
            }
            else if (raw[i + 1] != 'u')
            {
                text.Append(raw, i++, 2);
            }
            else
            {
                var pair = char.IsHighSurrogate(Unit(raw, i)) && i + 11 < raw.Length && raw[i + 6] == '\\' && raw[i + 7] == 'u' && char.IsLowSurrogate(Unit(raw, i + 6));
                if (pair) text.Append(raw, i, 12);
                else if (char.IsSurrogate(Unit(raw, i))) text.Append('\uFFFD');
                else text.Append(raw, i, 6);
                i += pair ? 11 : 5;
            }
        }

        using var repaired = JsonDocument.Parse(text.ToString());
        return repaired.RootElement.GetString()!;
    }

    private static char Unit(string raw, int escape) => (char)Convert.ToUInt16(raw.Substring(escape + 2, 4), 16);
}
