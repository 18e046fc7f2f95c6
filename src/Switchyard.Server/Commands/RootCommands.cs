using System.CommandLine;
using Npgsql;
using Switchyard.Platform.Configuration;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Backups;
using Switchyard.Platform.Storage.Embedded;
using Switchyard.Platform.Storage.Migrations;

namespace Switchyard.Server.Commands;

/// <summary>The command line: one file a verb; without a verb it serves.</summary>
internal static class RootCommands
{
    /// <summary>Parses, runs, and turns expected failures into one clear line and exit code 1.</summary>
    public static async Task<int> RunAsync(ModuleSet modules, string[] args)
    {
        var root = new RootCommand("Switchyard: the LLM operations centre a team runs itself.");
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

        try
        {
            // The server ends by its own drain; the parser must not cut it short.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await root.Parse(args).InvokeAsync(configuration);
        }
        catch (Exception fault) when (Explain(fault) is { } words)
        {
            Terminal.WriteError(words);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    private static string? Explain(Exception fault) => fault switch
    {
        ConfigurationException or EmbeddedPostgresException or MigrationException or BackupException or SecretException or CommandException => fault.Message,
        PostgresException refused => $"The database refused: {refused.MessageText} [{refused.SqlState}]. Check --database, or run 'switchyard doctor'.",
        NpgsqlException unreachable => $"The database cannot be reached: {unreachable.InnerException?.Message ?? unreachable.Message} Check --database, or run 'switchyard doctor'.",
        _ => null,
    };
}
