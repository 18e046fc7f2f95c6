using System.CommandLine;
using Switchyard.Platform.Access;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary>
/// What commands, options and arguments are for, by their names: <c>command.keys.create</c>, <c>option.data</c>,
/// <c>argument.file</c>, and what stands for an option's value, <c>option.data.value</c>. Put in only when somebody
/// is going to read it, so that a start does not read message files.
/// </summary>
internal static class CommandTexts
{
    /// <summary>Describes <paramref name="root"/> and everything below it in the terminal's language.</summary>
    public static void Describe(Command root)
    {
        foreach (var (symbol, key) in Symbols(root))
        {
            symbol.Description = Find(key);
            if (Find($"{key}.value") is not { } value) continue;
            if (symbol is Option option) option.HelpName = value;
            else if (symbol is Argument argument) argument.HelpName = value;
        }
    }

    /// <summary>Every symbol with the key of its text.</summary>
    public static IEnumerable<(Symbol Symbol, string Key)> Symbols(Command command, string path = "command")
    {
        yield return (command, path);
        foreach (var option in command.Options) yield return (option, $"option.{option.Name.TrimStart('-')}");
        foreach (var argument in command.Arguments) yield return (argument, $"argument.{argument.Name}");
        foreach (var below in command.Subcommands.SelectMany(c => Symbols(c, $"{path}.{c.Name}"))) yield return below;
    }

    private static string? Find(string key) =>
        Texts.Find(Language, key) is null ? null : Say(key, ("scopes", string.Join(", ", GrantSets.Scopes)));
}
