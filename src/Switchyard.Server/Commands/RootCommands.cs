using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;

namespace Switchyard.Server.Commands;

/// <summary>The command line: one file a verb; without a verb it serves.</summary>
internal static class RootCommands
{
    // What a shell reports for a program that Ctrl-C ended.
    private const int Interrupted = 130;

    /// <summary>Parses, runs, and turns failures into one clear line and exit code 1.</summary>
    public static async Task<int> RunAsync(ModuleSet modules, string[] args)
    {
        // What the library says of a line that it cannot read follows it.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(OperatorText.Language);
        var root = Create(modules);
        try
        {
            // The server ends by its own drain; the parser must not cut it short.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await root.Parse(args).InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception fault)
        {
            Faults.Tell(fault);
            return 1;
        }
    }

    /// <summary>All commands; <see cref="HelpText"/> describes them when somebody asks.</summary>
    internal static RootCommand Create(ModuleSet modules)
    {
        var root = new RootCommand();
        root.Options.OfType<HelpOption>().Single().Action = new HelpText();
        root.Options.Add(GlobalOptions.Data);
        root.Options.Add(GlobalOptions.Database);
        root.Options.Add(GlobalOptions.Config);
        root.Options.Add(GlobalOptions.Json);
        ServeCommand.Describe(root, modules);
        root.Subcommands.Add(ServeCommand.Create(modules));
        root.Subcommands.Add(CheckCommand.Create(modules));
        root.Subcommands.Add(DoctorCommand.Create(modules));
        root.Subcommands.Add(MigrateCommand.Create(modules));
        root.Subcommands.Add(KeysCommand.Create(modules));
        root.Subcommands.Add(DemoCommand.Create(modules));
        root.Subcommands.Add(BackupCommand.Create(modules));
        root.Subcommands.Add(RestoreCommand.Create(modules));
        return root;
    }
}
