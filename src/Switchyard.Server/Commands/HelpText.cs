using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Spectre.Console;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary>
/// <c>--help</c>. The library's own speaks Chinese in part only, and counts a Chinese character as one column.
/// </summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parsed)
    {
        CommandTexts.Describe(parsed.RootCommandResult.Command);
        var command = parsed.CommandResult.Command;
        Command[] line = [.. Line(parsed.CommandResult)];
        Option[] options = [.. command.Options, .. line.SkipLast(1).Reverse().SelectMany(c => c.Options).Where(o => o.Recursive)];
        Terminal.Output.WriteLine(command.Description ?? "");
        Write("help.usage", [(Usage(line), "")]);
        Write("help.arguments", command.Arguments.Select(a => (Label(a), a.Description)));
        Write("help.options", options.Distinct().Where(o => !o.Hidden).Select(o => (Label(o), o.Description)));
        Write("help.commands", command.Subcommands.Select(c => (string.Join(' ', [c.Name, .. c.Arguments.Select(Label)]), c.Description)));
        return 0;
    }

    private static IEnumerable<Command> Line(CommandResult result) =>
        result.Parent is CommandResult above ? Line(above).Append(result.Command) : [result.Command];

    private static string Usage(Command[] line)
    {
        var command = line[^1];
        return string.Join(' ', [
            .. line.Select(c => c is RootCommand ? "switchyard" : c.Name),
            .. command.Arguments.Select(Label),
            .. command.Subcommands.Count > 0 ? [$"[{Say("help.command")}]"] : Array.Empty<string>(),
            $"[{Say("help.option")}]",
        ]);
    }

    private static string Label(Argument argument) => $"<{argument.HelpName ?? argument.Name}>";

    private static string Label(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(a => !a.StartsWith('/')).Append(option.Name).Distinct().OrderBy(n => n.Length));
        return option.HelpName is null ? names : $"{names} <{option.HelpName}>";
    }

    private static void Write(string title, IEnumerable<(string Label, string? Description)> rows)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach (var (label, description) in rows) grid.AddRow(Markup.Escape(label), Markup.Escape(description ?? ""));
        if (grid.Rows.Count == 0) return;
        Terminal.Output.WriteLine();
        Terminal.Output.WriteLine(Say(title));
        Terminal.Output.Write(grid);
    }
}
