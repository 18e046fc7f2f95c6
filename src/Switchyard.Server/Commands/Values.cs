using System.CommandLine.Parsing;
using System.Globalization;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary>Reads values of options and arguments; the library would name the type that it wanted.</summary>
internal static class Values
{
    /// <summary>A whole number.</summary>
    public static int? Number(ArgumentResult given) =>
        int.TryParse(Text(given), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Refuse<int?>(given, "value.number");

    /// <summary>An id.</summary>
    public static Guid Id(ArgumentResult given) => Guid.TryParse(Text(given), out var id) ? id : Refuse<Guid>(given, "value.id");

    private static string Text(ArgumentResult given) => given.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult given, string key)
    {
        given.AddError(Say(key, ("value", Text(given))));
        return default;
    }
}
