using System.CommandLine;
using Dapper;
using Npgsql;
using Spectre.Console;
using Switchyard.Platform.Localization;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Storage.Backups;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Platform.Storage.Postgres;
using Switchyard.Server.Hosting;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard restore</c>: puts a backup into an empty database, or in place of what is there.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> File = new("file");
    private static readonly Option<bool> Replace = new("--replace");

    public static Command Create(ModuleSet modules)
    {
        var command = new Command("restore") { File, Replace };
        command.SetAction((parsed, cancel) => RunAsync(modules, parsed, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ModuleSet modules, ParseResult parsed, CancellationToken cancel)
    {
        using var backup = BackupFile.Open(Path.GetFullPath(parsed.GetRequiredValue(File)));
        // Damage is found before anything is touched.
        await backup.VerifyAsync(cancel);
        await using var installation = await Installation.OpenAsync(modules, GlobalOptions.Read(parsed), cancel, alone: true);
        var services = installation.Services;
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await RefuseRunningAsync(services.GetRequiredService<Database>(), cancel);
        var migrator = services.GetRequiredService<Migrator>();
        await TableProgress.ShowAsync(Say("restore.restoring"), async report =>
        {
            await new BackupRestorer(source, Migration.Of(modules.All), migrator).RestoreAsync(backup, parsed.GetValue(Replace), report, cancel);
            return 0;
        });
        var later = await migrator.MigrateAsync(cancel);
        var manifest = backup.Manifest;
        if (parsed.GetValue(GlobalOptions.Json))
            Terminal.WriteJson(new { manifest.Rows, tables = manifest.Tables.Count, manifest.CreatedAt, migrationsAfter = later.Count });
        else
            Terminal.Output.MarkupLineInterpolated($"[green]✓[/] {Say("restore.done", ("rows", $"{manifest.Rows:N0}"), ("tables", manifest.Tables.Count), ("time", $"{manifest.CreatedAt:u}"))}");
        return 0;
    }

    private static async Task RefuseRunningAsync(Database database, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select to_regclass('platform.nodes') is not null", cancellationToken: cancel))) return;
        var running = (await connection.QueryAsync<string>(new CommandDefinition(
            "select name from platform.nodes where seen_at > now() - interval '30 seconds'", cancellationToken: cancel))).AsList();
        if (running.Count > 0)
            throw new CommandException(new Phrase("restore.running", ("nodes", string.Join(", ", running))));
    }
}
