using System.CommandLine;
using System.Globalization;
using Npgsql;
using Spectre.Console;
using Switchyard.Platform.Modules;
using Switchyard.Platform.Operations;
using Switchyard.Platform.Secrets;
using Switchyard.Platform.Storage.Backups;
using Switchyard.Platform.Storage.Migrations;
using Switchyard.Server.Hosting;
using static Switchyard.Platform.Localization.OperatorText;

namespace Switchyard.Server.Commands;

/// <summary><c>switchyard backup</c>: writes one consistent file while the service runs, and proves that it can be restored.</summary>
internal static class BackupCommand
{
    private static readonly Option<string?> Output = new("--output", "-o");
    private static readonly Option<bool> Quick = new("--quick");

    public static Command Create(ModuleSet modules)
    {
        var command = new Command("backup") { Output, Quick };
        command.SetAction((parsed, cancel) => RunAsync(modules, parsed, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ModuleSet modules, ParseResult parsed, CancellationToken cancel)
    {
        await using var installation = await Installation.OpenAsync(modules, GlobalOptions.Read(parsed), cancel);
        var services = installation.Services;
        var time = services.GetRequiredService<TimeProvider>();
        var path = Path.GetFullPath(parsed.GetValue(Output) ?? $"switchyard-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.backup");
        await services.GetRequiredService<Migrator>().MigrateAsync(cancel);
        var writer = new BackupWriter(services.GetRequiredService<NpgsqlDataSource>(), [.. modules.All.Select(m => m.Name)], time);
        var manifest = await TableProgress.ShowAsync(Say("backup.writing"), report => writer.WriteAsync(path, report, cancel));
        bool? tried = null;
        using (var backup = BackupFile.Open(path))
        {
            await backup.VerifyAsync(cancel);
            if (!parsed.GetValue(Quick))
            {
                tried = await BackupRestorer.TryOutAsync(
                    backup, services.GetRequiredService<DatabaseLocation>().ConnectionString, Migration.Of(modules.All), there => Migrators.For(services, modules, there), cancel);
            }
        }

        var size = new FileInfo(path).Length;
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Terminal.WriteJson(new { path, size, manifest.Rows, tables = manifest.Tables.Count, manifest.CreatedAt, restoredOnTrial = tried });
            return 0;
        }

        var proof = tried switch
        {
            true => "backup.proof.restored",
            false => "backup.proof.rights",
            null => "backup.proof.checksums",
        };
        var written = Say("backup.written", ("rows", $"{manifest.Rows:N0}"), ("tables", manifest.Tables.Count), ("path", path), ("megabytes", Math.Round(size / 1024.0 / 1024, 1)));
        Terminal.Output.MarkupLineInterpolated($"[green]✓[/] {written} {Say(proof)}");
        Terminal.Errors.MarkupLineInterpolated($"{Say("backup.key", ("path", SecretServices.KeyFile(services.GetRequiredService<IConfiguration>())))}");
        return 0;
    }
}
