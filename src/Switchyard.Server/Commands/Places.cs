using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary>What people call the parts that <c>check</c> and <c>doctor</c> name; programs get the stable names.</summary>
internal static class Places
{
    private const string Provider = "provider ";

    /// <summary>The part in the terminal's language; a setting, a file or a variable is its own name.</summary>
    public static string Label(string part)
    {
        if (part.StartsWith(Provider, StringComparison.Ordinal)) return Say("doctor.part.provider", ("name", part[Provider.Length..]));
        var key = $"doctor.part.{part.Replace(' ', '-').ToLowerInvariant()}";
        return Texts.Find(Language, key) ?? part;
    }
}
