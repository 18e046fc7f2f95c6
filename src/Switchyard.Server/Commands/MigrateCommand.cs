using System.CommandLine;
using Spectre.Console;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard migrate</c>: brings the database to this version.</summary>
internal static class MigrateCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run");

    public static Command Create(ModuleSet modules)
    {
        var command = new Command("migrate") { DryRun };
        command.SetAction((parsed, cancel) => RunAsync(modules, parsed, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ModuleSet modules, ParseResult parsed, CancellationToken cancel)
    {
        var dry = parsed.GetValue(DryRun);
        await using var installation = await Installation.OpenAsync(modules, GlobalOptions.Read(parsed), cancel);
        var migrator = installation.Services.GetRequiredService<Migrator>();
        var ran = dry ? await migrator.TryAsync(cancel) : await migrator.MigrateAsync(cancel);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Terminal.WriteJson(new { dryRun = dry, migrations = ran.Select(m => new { m.Module, m.Name, m.Checksum }) });
            return 0;
        }

        foreach (var migration in ran) Terminal.Output.MarkupLineInterpolated($"  {Say(dry ? "migrate.would" : "migrate.did", ("migration", migration))}");
        Terminal.Output.MarkupLineInterpolated($"{Say(ran.Count == 0 ? "migrate.none" : dry ? "migrate.rehearsed" : "migrate.done", ("count", ran.Count))}");
        return 0;
    }
}
